"""Adding uploaded files to the index, and removing documents from it, while it is served."""

from collections.abc import Callable, Sequence
from typing import BinaryIO

from ingest.embedding import Embedding
from ingest.index import open_index
from ingest.index.lock import lock_index
from ingest.index.writer import IndexWriter
from ingest.progress import Progress
from ingest.report import Report
from ingest.run import run
from service.settings import ServiceSettings
from service.uploading.files import (
    Upload,
    UploadsUnwritable,
    clear_waiting,
    receive,
    safe_name,
)
from service.uploading.jobs import Job, Jobs

_WAIT_TO_DELETE = 10.0  # seconds for which another ingest may still be writing
_WAIT_TO_INGEST = 3600.0


class Uploads:
    """The same ingest as the command's, over a folder of uploaded files."""

    def __init__(
        self,
        settings: ServiceSettings,
        embedding: Callable[[], Embedding],
    ) -> None:
        self._settings = settings
        self._embedding = embedding
        self.jobs = Jobs(self._ingest)
        clear_waiting(settings.uploads)

    def add(self, files: Sequence[tuple[str, BinaryIO]]) -> Job:
        """Receive files, each a name and its content, and begin to ingest them.

        Raises UploadRefused, before any is kept, when a name cannot be used, and
        UploadsUnwritable.
        """
        named = [(safe_name(name), content) for name, content in files]
        folder = self._settings.uploads
        received: list[Upload] = []
        try:
            for name, content in named:
                received.append(receive(folder, name, content))
        except UploadsUnwritable:
            for upload in received:
                upload.waiting.unlink(missing_ok=True)
            raise
        return self.jobs.submit(received)

    def delete(self, document_id: str) -> None:
        """Remove a document, and of the files that have its text those that were uploaded.

        Raises DocumentNotFound, or IndexBusy while an ingest is writing.
        """
        with lock_index(self._settings.index, _WAIT_TO_DELETE):
            index = open_index(self._settings.index)  # afresh: others may have written since
            record = index.record(document_id)
            duplicates = index.duplicates_of([document_id])
            writer = IndexWriter(index)
            writer.delete_duplicates(duplicates)
            writer.delete([record])
        uploads = str(self._settings.uploads.resolve())
        for file in (record.file, *(duplicate.file for duplicate in duplicates)):
            if file.folder == uploads:
                file.path.unlink(missing_ok=True)

    def _ingest(self, files: Sequence[Upload], progress: Progress) -> Report:
        for file in files:
            file.take_place()
        report = run(
            self._settings,
            [str(file.place) for file in files],
            progress=progress,
            embedding=self._embedding(),
            wait=_WAIT_TO_INGEST,
        )
        unreadable = {source for source, _ in report.skipped}
        for file in files:
            file.settle(file.name not in unreadable)
        return report
