"""Readers of the LlamaIndex ecosystem, plugged in by settings."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.documents import document_id
from ingest.errors import SettingsError
from ingest.index import open_index
from ingest.readers import plug_in, reader_for

READER = '''
from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import Document


class Pages(BaseReader):
    """Pages are separated by form feeds; the format is nobody's."""

    def load_data(self, file, extra_info=None):
        pages = file.read_text().split("\\f")
        return [
            Document(text=page, metadata={"page_label": str(number)})
            for number, page in enumerate(pages, 1)
        ]
'''


@pytest.fixture(autouse=True)
def unplugged() -> Iterator[None]:
    yield
    plug_in({})


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of an importable module with a reader in it, here and in other processes."""
    (tmp_path / "foreign_reader.py").write_text(READER)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "foreign_reader"
    sys.modules.pop("foreign_reader", None)


def test_a_plugged_in_reader_gives_documents_with_pages(
    folder: Path, tmp_path: Path, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.fmt").write_text("The first page says little.\fThe second has the answer.")
    monkeypatch.setenv("FOOTNOTE_READERS", f'{{".FMT": "{module}:Pages"}}')
    assert main([str(folder), "--index", str(tmp_path / "index")]) == 0
    document = open_index(str(tmp_path / "index")).document(document_id("a.fmt"))
    assert document.page_at(document.text.index("little")) == 1
    assert document.page_at(document.text.index("answer")) == 2


@pytest.mark.parametrize("name", ["nowhere:Reader", "json:Reader", "json", ":", "json:dumps"])
def test_a_class_that_is_none_is_a_wrong_setting(name: str) -> None:
    plug_in({".fmt": name})
    reader = reader_for("a.fmt")
    assert reader is not None
    with pytest.raises(SettingsError, match="FOOTNOTE_READERS"):
        reader(b"Words.")
