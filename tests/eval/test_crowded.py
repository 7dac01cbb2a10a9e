"""Questions asked of their articles alone and among unrelated passages, side by side."""

import json
from pathlib import Path

import pytest

from eval.benchmarks.crowded import main
from eval.benchmarks.drawn_documents import real_sentences, write_drawn
from ingest.index.opening import open_index

MILL = "The mill of Aune burned down in 1871. Old Jonas keeps it today, and shows it on Sundays."
HARBOUR = "The harbour of Oster was built in 1902. Its crane was made by Hedda Brandt of Vik."
STARS = "The star Velis is seen in winter alone. Its light needs forty years to come to us."

LAKES = ("sund", "orm", "tarn", "elde", "vass", "brim", "holt", "skar")


def squad(path: Path, articles: dict[str, tuple[str, str, str]]) -> Path:
    """A file with one paragraph, question and answer by title."""
    data = []
    for title, (context, question, answer) in articles.items():
        answers = [{"text": answer, "answer_start": context.index(answer)}]
        asked = {"id": title, "question": question, "answers": answers}
        data.append({"title": title, "paragraphs": [{"context": context, "qas": [asked]}]})
    path.write_text(json.dumps({"data": data}))
    return path


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    mill = (MILL, "Who keeps the mill of Aune today?", "Old Jonas")
    harbour = (HARBOUR, "Who made the crane of the harbour of Oster?", "Hedda Brandt")
    return squad(tmp_path / "asked.json", {"Mill": mill, "Harbour": harbour})


def test_both_indexes_are_asked_and_kept(
    asked: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    unrelated = tmp_path / "train.tsv"
    lakes = [f"the lake of {name} is fed by rain , not by rivers ." for name in LAKES]
    unrelated.write_text("".join(f"what is fed by rain ?\t{lake}\n" for lake in lakes))
    kept = tmp_path / "kept"
    main([str(asked), "--unrelated", str(unrelated), "--passages", "50", "--keep", str(kept)])
    said = capsys.readouterr().out
    assert "unrelated: 8 distinct sentences" in said
    assert "alone: 2 documents, 2 passages" in said
    assert "crowded: 5 documents, 62 passages" in said
    for figure in ("hit@1", "cites gold first", "statements", "abstention recall"):
        assert f"{figure} " in said
    assert open_index(str(kept / "crowded")).passage_count() == 62


def test_articles_of_the_same_name_are_not_unrelated(
    asked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([str(asked), "--unrelated", str(asked)])
    assert "Harbour, Mill" in capsys.readouterr().err


def test_unrelated_documents_are_of_real_sentences_the_same_each_time(tmp_path: Path) -> None:
    file = squad(tmp_path / "stars.json", {"Stars": (STARS, "When is Velis seen?", "in winter")})
    sentences = real_sentences([file])
    assert " ".join(sentences) == STARS
    made = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        write_drawn(folder, 25, lambda chance: chance.choice(sentences), passage_tokens=64)
        made.append([path.read_text() for path in sorted(folder.iterdir())])
    assert made[0] == made[1] and len(made[0]) == 2
    write_drawn(tmp_path / "one", 20, lambda chance: chance.choice(sentences), passage_tokens=64)
    assert [path.read_text() for path in (tmp_path / "one").iterdir()] == made[0][:1]
    for paragraph in made[0][0].strip().split("\n\n")[1:]:
        assert 32 < len(paragraph.split()) < 64
        assert all(sentence in STARS for sentence in paragraph.split(". "))
