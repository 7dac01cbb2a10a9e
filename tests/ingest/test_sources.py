"""Finding files: links, loops, odd names, paths inside each other."""

import os
from pathlib import Path

import pytest

from ingest.errors import SourceError
from ingest.sources import SourceFile, check_paths, find_files


def found(*paths: Path) -> list[str]:
    return [f.source for f in find_files([str(p) for p in paths]) if isinstance(f, SourceFile)]


def skipped(*paths: Path) -> dict[str, str]:
    files = find_files([str(path) for path in paths])
    return {item[0]: str(item[1]) for item in files if not isinstance(item, SourceFile)}


@pytest.fixture
def tree(folder: Path) -> Path:
    (folder / "inner" / "deep").mkdir(parents=True)
    for name in ("b.txt", "a.txt", "inner/c.txt", "inner/deep/d.txt"):
        (folder / name).write_text("Words.")
    return folder


def test_files_come_in_a_stable_order_with_slashes(tree: Path) -> None:
    assert found(tree) == ["a.txt", "b.txt", "inner/c.txt", "inner/deep/d.txt"]


def test_a_path_inside_another_is_not_taken_twice(tree: Path) -> None:
    for paths in [(tree, tree / "inner"), (tree / "inner" / "deep", tree, tree / "a.txt")]:
        assert found(*paths) == ["a.txt", "b.txt", "inner/c.txt", "inner/deep/d.txt"]


def test_a_linked_file_has_the_name_of_the_link(tree: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(tree / "a.txt")
    (tree / "other.txt").symlink_to(tree / "a.txt")
    assert found(link) == ["link.txt"]
    assert "other.txt" in found(tree)


def test_a_linked_folder_is_followed_and_one_that_is_there_anyway_is_not(
    tree: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "e.txt").write_text("Words.")
    (outside / "back").symlink_to(tree)
    (tree / "0-link").symlink_to(outside)
    (tree / "1-link").symlink_to(tree / "inner")
    assert found(tree) == ["a.txt", "b.txt", "inner/c.txt", "inner/deep/d.txt", "0-link/e.txt"]


def test_loops_of_links_are_named_and_the_rest_is_found(tree: Path) -> None:
    (tree / "inner" / "loop").symlink_to(tree)
    (tree / "one.txt").symlink_to("two.txt")
    (tree / "two.txt").symlink_to("one.txt")
    assert len(found(tree)) == 4
    assert skipped(tree) == {
        "inner/loop": "a loop: the link leads to a folder that it is in",
        "one.txt": "cannot be read: Too many levels of symbolic links",
        "two.txt": "cannot be read: Too many levels of symbolic links",
    }


@pytest.mark.parametrize(
    "name",
    ["ü.txt", "u\u0308.txt", "北京 🍎.txt", "a b\tc.txt", "'\"$(x).txt", "-rf.txt", "a\nb.txt"],
)
def test_odd_names_are_names(folder: Path, name: str) -> None:
    (folder / name).write_text("Words.")
    assert found(folder) == [name]
    assert skipped(folder) == {}


def test_a_name_that_is_no_text_is_skipped(folder: Path) -> None:
    (folder / "a.txt").write_text("Words.")
    with open(os.fsencode(folder) + b"/caf\xe9.txt", "w") as file:  # noqa: PTH123
        file.write("Words.")
    assert found(folder) == ["a.txt"]
    assert skipped(folder) == {"caf\\xe9.txt": "its name is not valid UTF-8: rename it"}


def test_what_is_not_there_or_holds_nothing_is_wrong_use(folder: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        check_paths([str(folder / "none")])
    with pytest.raises(SourceError, match="no documents in"):
        check_paths([str(folder)])
