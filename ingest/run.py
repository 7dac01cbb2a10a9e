"""One ingest from settings: what the command, the service, the tests and the evaluation call."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from ingest.changes import Change
from ingest.embedding import Embedding, load_embedding
from ingest.embedding.encoder_process import EncoderProcess
from ingest.errors import IndexMissing
from ingest.index import Index
from ingest.index.collections import IndexSettings, delete_others
from ingest.index.database import ServerAccess, missing
from ingest.index.lock import lock_index
from ingest.index.opening import create_index, new_generation, open_index, replace_generation
from ingest.index.record import DocumentRecord, DuplicateRecord, FileStamp
from ingest.passages import PassageSettings
from ingest.prepare import ReadDocument
from ingest.progress import Progress
from ingest.readers import plug_in
from ingest.report import Report
from ingest.settings import IngestSettings
from ingest.sources import SourceFile, check_paths, stat_file
from ingest.update import Update


def run(
    settings: IngestSettings,
    paths: Sequence[str],
    prune: bool = False,
    progress: Progress | None = None,
    embedding: Embedding | None = None,
    wait: float = 0.0,
) -> Report:
    """Bring the index up to date with the paths.

    `embedding` is the settings' model if the caller has it loaded; `wait` is how many seconds to
    wait for another ingest of the index to end. Raises FootnoteError.
    """
    plug_in(settings.readers)
    check_paths(paths, may_be_empty=prune)
    access = ServerAccess.of(settings)
    with _embedding(settings, embedding) as embedding, lock_index(settings.index, wait, access):
        index = create_index(settings.index, _wanted(settings, embedding), access)
        delete_others(index.collections.client, index.collections.generation)
        report = _update(index, embedding, settings, progress).run(paths, prune)
        index.check_in_place()
        return report


def rebuild(
    settings: IngestSettings,
    paths: Sequence[str] = (),
    prune: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Make the index again, from its own files and those under the paths, and put it in the old
    one's place when it is whole.

    A document whose file is gone, or cannot be read any more, is made again from its text in the
    old index; with `prune`, one whose file is gone is left out. Raises FootnoteError.
    """
    plug_in(settings.readers)
    if paths:
        check_paths(paths)
    access = ServerAccess.of(settings)
    with _embedding(settings) as embedding, lock_index(settings.index, access=access):
        old = _existing(settings.index, access)
        if old is None and not paths:
            raise missing(settings.index)
        new = new_generation(settings.index, _wanted(settings, embedding), access)
        update = _update(new, embedding, settings, progress)
        report = (
            update.run(paths, more=_files_of(old), reserved=_ids_of(old))
            if old
            else update.run(paths)
        )
        if old is not None:
            update.bring(_carried_over(old, new, prune))
        replace_generation(new)
        return report


@contextmanager
def _embedding(settings: IngestSettings, loaded: Embedding | None = None) -> Iterator[Embedding]:
    """The caller's embedding model, or the settings' one for as long as it is needed."""
    if loaded is not None:
        yield loaded
        return
    made = load_embedding(
        settings.embedding_model, settings.models, settings.embedding_api_key, many=True
    )
    try:
        yield made
    finally:
        if isinstance(made, EncoderProcess):
            made.close()


def _wanted(settings: IngestSettings, embedding: Embedding) -> IndexSettings:
    return IndexSettings(
        settings.embedding_model,
        embedding.dimension,
        settings.passage_tokens,
        embedding.most_tokens,
    )


def _update(
    index: Index, embedding: Embedding, settings: IngestSettings, progress: Progress | None
) -> Update:
    sizes = PassageSettings(embedding.most_tokens, settings.passage_tokens)
    return Update(index, embedding, sizes, settings.most_file_bytes, progress or Progress())


def _existing(location: str, access: ServerAccess) -> Index | None:
    try:
        return open_index(location, access)
    except IndexMissing:
        return None


def _files_of(old: Index) -> Iterator[SourceFile]:
    stamps: Iterable[FileStamp] = (
        *(record.file for record in old.all_records()),
        *(duplicate.file for duplicate in old.all_duplicates()),
    )
    for stamp in stamps:
        if stamp.is_there():
            file = stat_file(stamp.folder, stamp.source)
            if isinstance(file, SourceFile):
                yield file


def _ids_of(old: Index) -> dict[tuple[str, str], str]:
    """The document ids of files by folder and source: a rebuilt index keeps them."""
    items: list[DocumentRecord | DuplicateRecord] = [*old.all_records(), *old.all_duplicates()]
    return {(item.file.folder, item.file.source): item.document_id for item in items}


def _carried_over(old: Index, new: Index, prune: bool) -> Iterator[ReadDocument]:
    """Documents of the old index that no file gave."""
    for record in old.all_records():
        key = record.document_id
        if new.records([key]) or new.duplicates([key]) or record.state != "whole":
            continue
        if prune and not record.file.is_there():
            continue
        stamp = record.file
        file = SourceFile(stamp.folder, stamp.source, stamp.size, stamp.modified, wanted=True)
        yield ReadDocument(Change(file, key), stamp.sha256, old.document_of(record))
