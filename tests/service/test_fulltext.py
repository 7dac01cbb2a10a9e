"""The full-text index is derived: whatever is missing, damaged or behind is made again."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import IndexMissing
from ingest.index import Index, open_index
from ingest.index.record import DocumentRecord
from ingest.run import rebuild, run
from ingest.settings import IngestSettings
from service.retrieval.fulltext import FullText, fulltext_place
from service.retrieval.words import content_stems, stems
from tests.conftest import Ingest

Change = Callable[[Path], None]

MANGO = "Mango Notes\n\nMangoes ripen in July in the northern valley.\n"
TRAIN = "Train Notes\n\nThe night train leaves at nine from platform four.\n"
ZEBRA = "Zebra Notes\n\nZebras doze standing up near the old quarry.\n"


@pytest.fixture
def notes(folder: Path) -> Path:
    """A folder of two small documents."""
    (folder / "mango.txt").write_text(MANGO)
    (folder / "train.txt").write_text(TRAIN)
    return folder


def full_text_of(index: Index) -> FullText:
    return FullText(fulltext_place(index.location, Path("unused")))


def found_by_words(fulltext: FullText, index: Index, words: str) -> list[str]:
    """Sources of the passages that full-text search finds."""
    fulltext.sync(index)
    passages = index.passages(list(fulltext.search(stems(words), 10)))
    return [index.records([p.document_id])[p.document_id].source for p in passages]


def add(folder: Path) -> None:
    (folder / "zebra.txt").write_text(ZEBRA)


def update(folder: Path) -> None:
    (folder / "mango.txt").write_text(MANGO.replace("Mango", "Zebra"))


def delete(folder: Path) -> None:
    (folder / "train.txt").unlink()


def test_full_text_index_is_made_when_it_is_missing(ingest: Ingest, notes: Path) -> None:
    index = ingest(notes)
    assert found_by_words(full_text_of(index), index, "mangoes") == ["mango.txt"]


def remove_folder(place: Path) -> None:
    shutil.rmtree(place)


def garble_description(place: Path) -> None:
    (place / "meta.json").write_text("garbage{")


def empty_description(place: Path) -> None:
    (place / "meta.json").write_text("")


def garble_segments(place: Path) -> None:
    for file in place.glob("*.*"):
        if file.suffix in (".idx", ".store", ".term", ".fast"):
            file.write_bytes(b"garbage")


@pytest.mark.parametrize(
    "damage", [remove_folder, garble_description, empty_description, garble_segments]
)
def test_full_text_index_is_made_again_when_it_is_damaged(
    ingest: Ingest, notes: Path, damage: Change
) -> None:
    index = ingest(notes)
    full_text_of(index).sync(index)
    damage(fulltext_place(index.location, Path("unused")))
    assert found_by_words(full_text_of(index), index, "mangoes") == ["mango.txt"]


@pytest.mark.parametrize("damage", [remove_folder, garble_description])
def test_full_text_index_damaged_while_open_is_made_again_at_the_next_change(
    ingest: Ingest, notes: Path, damage: Change
) -> None:
    index = ingest(notes)
    fulltext = full_text_of(index)
    fulltext.sync(index)
    damage(fulltext_place(index.location, Path("unused")))
    add(notes)
    ingest(notes)
    assert found_by_words(fulltext, index, "zebras") == ["zebra.txt"]


@pytest.mark.parametrize(
    ("change", "words", "expected"),
    [
        (add, "zebras", ["zebra.txt"]),
        (update, "zebras", ["mango.txt"]),
        (update, "mango", []),
        (delete, "train", []),
    ],
)
def test_full_text_index_follows_an_ingest_while_it_is_open(
    ingest: Ingest, notes: Path, change: Change, words: str, expected: list[str]
) -> None:
    index = ingest(notes)
    fulltext = full_text_of(index)
    fulltext.sync(index)
    change(notes)
    ingest(notes, prune=True)
    assert found_by_words(fulltext, index, words) == expected


def test_full_text_index_survives_a_document_replaced_under_its_hands(
    ingest: Ingest, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = ingest(notes)
    fulltext = full_text_of(index)

    def overtaken() -> list[DocumentRecord]:
        records = list(Index.all_records(index))
        update(notes)
        ingest(notes)
        return records

    with monkeypatch.context() as patch:
        patch.setattr(index, "all_records", overtaken)
        fulltext.sync(index)
    assert found_by_words(fulltext, index, "zebras") == ["mango.txt"]


def test_who_searches_while_it_is_made_anew_finds_what_there_was(
    ingest: Ingest, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = ingest(notes)
    fulltext = full_text_of(index)
    fulltext.sync(index)
    shutil.rmtree(index.location)
    ingest(notes)
    found = []

    def meanwhile() -> list[DocumentRecord]:
        found.append(fulltext.search(stems("mangoes"), 10))
        return list(Index.all_records(index))

    with monkeypatch.context() as patch:
        patch.setattr(index, "all_records", meanwhile)
        fulltext.sync(index)
    assert len(found) == 1
    assert found[0]
    assert found_by_words(fulltext, index, "mangoes") == ["mango.txt"]


def test_an_index_lost_while_it_was_read_leaves_the_full_text_index_writable(
    ingest: Ingest, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = ingest(notes)
    fulltext = full_text_of(index)

    def lost() -> list[DocumentRecord]:
        raise IndexMissing("there is none")

    with monkeypatch.context() as patch:
        patch.setattr(index, "all_records", lost)
        with pytest.raises(IndexMissing) as kept:  # as long as it is, so are the frames it passed
            fulltext.sync(index)
    assert found_by_words(fulltext, index, "mangoes") == ["mango.txt"]
    assert kept


def test_one_that_cannot_be_written_is_tried_at_once_for_an_index_made_anew(
    ingest: Ingest, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = ingest(notes)
    fulltext = full_text_of(index)
    fulltext.sync(index)
    add(notes)
    ingest(notes)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(fulltext, "_follow", full)
        assert found_by_words(fulltext, index, "zebras") == []
        assert found_by_words(fulltext, index, "mangoes") == ["mango.txt"]
    shutil.rmtree(index.location)
    ingest(notes)
    assert found_by_words(fulltext, index, "zebras") == ["zebra.txt"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ratified treaties", "ratify a treaty"),
        ("MANGOES", "mango"),
        ("café", "Cafe"),
        ("workers’ rights", "worker right"),
    ],
)
def test_words_are_compared_by_their_stems(one: str, other: str) -> None:
    assert content_stems(one) == content_stems(other)


def test_stop_words_count_only_where_there_are_no_others() -> None:
    assert list(content_stems("Where is the mango?")) == ["mango"]
    assert list(content_stems("Who is it?")) == ["who", "is", "it"]
    assert list(content_stems("?!")) == []


def test_a_rebuild_that_tiles_otherwise_is_followed(folder: Path, tmp_path: Path) -> None:
    words = "\n\n".join(
        f"The word{number} stands in a paragraph of its own." for number in range(60)
    )
    (folder / "a.txt").write_text(words)
    settings = IngestSettings(index=str(tmp_path / "index"))
    run(settings, [str(folder)])
    index = open_index(settings.index)
    fulltext = full_text_of(index)
    fulltext.sync(index)
    rebuild(settings.model_copy(update={"passage_tokens": 32}))
    fulltext.sync(index)
    for word in ("word0", "word29", "word59"):
        (found,) = index.passages(list(fulltext.search(stems(word), 10)))
        assert word in found.text
