"""SQuAD-format files become documents whose answers stand where the spans say."""

import json
from pathlib import Path

from eval.squad import load_squad, write_articles
from ingest.index.opening import open_index
from tests.conftest import Ingest

FILE = {
    "data": [
        {
            "title": "Two_Rivers",
            "paragraphs": [
                {
                    "context": "The  Alder flows\nnorth. The Birch flows south. ",
                    "qas": [
                        {
                            "question": "Which flows south?",
                            "answers": [{"text": "Birch", "answer_start": 28}],
                        },
                        {"question": "Which is longer?", "is_impossible": True, "answers": []},
                    ],
                }
            ],
        }
    ]
}


def test_spans_fit_the_ingested_document(tmp_path: Path, folder: Path, ingest: Ingest) -> None:
    path = tmp_path / "squad.json"
    path.write_text(json.dumps(FILE))
    articles = load_squad(path)
    write_articles(articles, folder)
    index = open_index(ingest(folder).location)
    (record,) = index.all_records()
    answered, impossible = articles[0].questions
    assert impossible.span is None
    assert answered.span is not None
    start, end = answered.span
    assert index.document(record.document_id).text[start:end] == "Birch"
