"""The sentence ranker runs an exported cross-encoder; a passage is scored alike in any company."""

from pathlib import Path

import pytest

from eval.training.export_ranker import main as export_ranker
from ingest.errors import ModelError
from service.answering.ranking.cross_encoder import CrossEncoderRanker
from tests.service.small_bert import small_bert

QUESTION = "Who keeps the lamp?"
PASSAGES = [
    ["Ann keeps the lamp.", "She has done so for nine years."],
    ["The sea is grey today, and it will be tomorrow.", "No."],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ranker of two small layers with random weights, exported as the real one is."""
    from transformers import BertForTokenClassification

    made = tmp_path_factory.mktemp("trained")
    small_bert(BertForTokenClassification, 4, made).save_pretrained(made)
    out = tmp_path_factory.mktemp("exported")
    export_ranker(str(made), str(out))
    return out


def test_a_passage_is_scored_the_same_alone_and_among_others(folder: Path) -> None:
    together = CrossEncoderRanker(folder).score(QUESTION, PASSAGES)
    alone = CrossEncoderRanker(folder)
    assert together == [alone.score(QUESTION, [passage])[0] for passage in PASSAGES]
    assert len({scores.fit for passage in together for scores in passage}) == 4


def test_a_passage_is_scored_once_while_it_is_remembered(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranker = CrossEncoderRanker(folder)
    first = ranker.score(QUESTION, PASSAGES)
    monkeypatch.setattr(ranker, "_score", lambda *_: pytest.fail("scored again"))
    assert ranker.score(QUESTION, [*PASSAGES, PASSAGES[0]]) == [*first, first[0]]


def test_what_does_not_fit_in_is_scored_last(folder: Path) -> None:
    ranker = CrossEncoderRanker(folder)
    (scores,) = ranker.score(QUESTION, [["Ann keeps it.", "word " * 5000, "Not read.", "\u200b"]])
    assert len(scores) == 4
    assert scores[2] == scores[3]
    assert scores[2].fit == min(one.fit for one in scores)


def test_no_passage_and_a_passage_without_sentences_have_no_scores(folder: Path) -> None:
    ranker = CrossEncoderRanker(folder)
    assert ranker.score(QUESTION, []) == []
    assert ranker.score(QUESTION, [[]]) == [[]]


def test_a_folder_without_a_ranker_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no sentence ranker"):
        CrossEncoderRanker(tmp_path)
