"""A document's text alone, read without what its passages say of themselves."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import DocumentNotFound
from tests.conftest import Ingest

TEXT = '# A "version":"1" heading\n\n' + "The mill grinds rye. The river is high. " * 400


def test_it_is_the_text_of_the_whole_document(folder: Path, ingest: Ingest) -> None:
    (folder / "long.md").write_text(TEXT)
    index = ingest(folder)
    (record,) = index.all_records()
    assert record.passages > 10
    assert index.text_of(record) == index.document_of(record).text


@pytest.mark.parametrize("version", ["1", "", "another"])
def test_it_is_of_the_records_version_or_none(folder: Path, ingest: Ingest, version: str) -> None:
    (folder / "long.md").write_text(TEXT)
    index = ingest(folder)
    (record,) = index.all_records()
    with pytest.raises(DocumentNotFound, match="being replaced"):
        index.text_of(replace(record, version=version))
