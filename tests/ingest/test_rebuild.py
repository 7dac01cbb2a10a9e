"""`--rebuild`: a new index beside the old one, which takes its place when it is whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import IndexMismatch, IndexMissing
from ingest.index import Index, open_index
from ingest.index.collections import ROOT
from ingest.run import rebuild, run
from ingest.settings import IngestSettings

TEXT = "\n\n".join(
    "The mill stood near the old town for years." * 4 + f" It had {number} wheels."
    for number in range(10)
)


@pytest.fixture
def settings(tmp_path: Path) -> Callable[..., IngestSettings]:
    return lambda tokens=128: IngestSettings(index=str(tmp_path / "index"), passage_tokens=tokens)


@pytest.fixture
def filled(folder: Path, settings: Callable[..., IngestSettings]) -> Path:
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").write_text("The gate was closed at night.")
    (folder / "c.txt").write_text("The gate was closed at night.")
    run(settings(), [str(folder)])
    return folder


def texts(index: Index) -> dict[str, str]:
    return {r.source: index.document(r.document_id).text for r in index.all_records()}


def test_other_settings_are_refused_with_a_way_out_and_taken_by_a_rebuild(
    filled: Path, settings: Callable[..., IngestSettings]
) -> None:
    with pytest.raises(IndexMismatch, match="--rebuild"):
        run(settings(64), [str(filled)])
    before = open_index(settings().index)
    report = rebuild(settings(64))
    assert (report.added, report.duplicates) == (["a.txt", "b.txt"], [("c.txt", "b.txt")])
    after = open_index(settings().index)
    assert texts(after) == texts(before)
    assert after.settings.target_tokens == 64
    assert after.passage_count() > 5
    assert run(settings(64), [str(filled)]).unchanged == ["a.txt", "b.txt", "c.txt"]


def test_an_open_index_follows(filled: Path, settings: Callable[..., IngestSettings]) -> None:
    index = open_index(settings().index)
    revision, passages = index.revision(), index.passage_count()
    rebuild(settings(64))
    assert index.revision() != revision
    assert index.passage_count() > passages
    assert index.settings.target_tokens == 64


def test_a_document_whose_file_is_gone_is_made_from_its_text_or_pruned(
    filled: Path, settings: Callable[..., IngestSettings]
) -> None:
    (filled / "a.txt").unlink()
    rebuild(settings(64))
    assert texts(open_index(settings().index))["a.txt"] == "\n\n".join(
        line.strip() for line in TEXT.split("\n\n")
    )
    rebuild(settings(), prune=True)
    assert set(texts(open_index(settings().index))) == {"b.txt"}


def test_new_paths_join(
    filled: Path, tmp_path: Path, settings: Callable[..., IngestSettings]
) -> None:
    more = tmp_path / "more.txt"
    more.write_text("The bridge is new.")
    rebuild(settings(), [str(more)])
    assert set(texts(open_index(settings().index))) == {"a.txt", "b.txt", "more.txt"}


def test_a_rebuild_that_dies_leaves_the_old_index_and_the_next_run_clears_the_rest(
    filled: Path, settings: Callable[..., IngestSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts(open_index(settings().index))
    monkeypatch.setattr("ingest.run.replace_generation", interrupted)
    with pytest.raises(KeyboardInterrupt):
        rebuild(settings(64))
    monkeypatch.undo()
    index = open_index(settings().index)
    assert texts(index) == before and index.settings.target_tokens == 128
    assert len(generations(index)) == 2
    run(settings(), [str(filled)])
    assert generations(open_index(settings().index)) == {index.collections.generation}


def interrupted(_: Index) -> None:
    raise KeyboardInterrupt


def generations(index: Index) -> set[str]:
    names = [collection.name for collection in index.collections.client.list_collections()]
    return {name.split("-")[1] for name in names if name != ROOT}


def test_with_nothing_to_rebuild_it_says_so(settings: Callable[..., IngestSettings]) -> None:
    with pytest.raises(IndexMissing, match="no index"):
        rebuild(settings())


def test_files_of_the_same_name_in_two_folders_keep_their_ids(
    tmp_path: Path, settings: Callable[..., IngestSettings]
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(f"This is the text of {name}.")
        run(settings(), [str(tmp_path / name)])
    before = {r.document_id: r.file.folder for r in open_index(settings().index).all_records()}
    rebuild(settings(), [str(tmp_path / "two")])
    after = {r.document_id: r.file.folder for r in open_index(settings().index).all_records()}
    assert after == before and len(after) == 2
    (tmp_path / "one" / "a.txt").unlink()
    rebuild(settings())
    index = open_index(settings().index)
    assert {r.document_id: r.file.folder for r in index.all_records()} == before
    assert index.all_duplicates() == []
