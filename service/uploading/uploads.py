"""Adding uploaded files to the index, and removing documents from it, while it is served."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from ingest.embedding import Embedding
from ingest.errors import FootnoteError
from ingest.index import open_index
from ingest.index.database import ServerAccess
from ingest.index.lock import lock_index
from ingest.index.record import FileStamp
from ingest.index.writer import IndexWriter
from ingest.progress import Progress
from ingest.report import Report
from ingest.run import run
from service.settings import ServiceSettings
from service.uploading.files import Upload, receive, safe_name, unwritable
from service.uploading.jobs import Job
from service.uploading.runner import JobRunner
from service.uploading.store import JobStore

_WAIT_TO_DELETE = 10.0  # seconds for which another ingest may still be writing
_WAIT_TO_INGEST = 10.0  # after which the job makes place for others
_log = logging.getLogger("footnote")


class Uploads:
    """The same ingest as the command's, over a folder of uploaded files.

    Several processes may share the folder: any of them receives files, one at a time ingests.
    """

    def __init__(
        self,
        settings: ServiceSettings,
        embedding: Callable[[], Embedding],
    ) -> None:
        self._settings = settings
        self._embedding = embedding
        self.jobs = JobStore(settings.uploads)
        self._runner = JobRunner(self.jobs, self._ingest)

    def start(self) -> None:
        """Begin to ingest what has been received, here or by another process, before or after."""
        self._runner.start()

    def stop(self) -> None:
        """Leave what is not done to others, or to the next start."""
        try:
            self._runner.stop()
        except FootnoteError as error:
            _log.error("the state of a job cannot be kept: %s", error)

    def add(self, files: Sequence[tuple[str, BinaryIO]]) -> Job:
        """Receive files, each a name and its content, to be ingested; from then on they are not
        lost, whatever dies.

        Raises UploadRefused, before any is kept, when a name cannot be used, and
        UploadsUnwritable or UploadsFull.
        """
        named = [(safe_name(name), content) for name, content in files]
        received: list[Upload] = []
        try:
            for name, content in named:
                received.append(receive(self._settings.uploads, name, content))
            job = Job.of(received)
            self.jobs.put(job)
        except BaseException:
            for upload in received:
                upload.clear()
            raise
        self._runner.wake()
        return job

    def delete(self, document_id: str) -> None:
        """Remove a document, and of the files that have its text those that were uploaded.

        Raises DocumentNotFound, IndexBusy while an ingest is writing, and UploadsUnwritable.
        """
        location, access = self._settings.index, ServerAccess.of(self._settings)
        with lock_index(location, _WAIT_TO_DELETE, access):
            index = open_index(location, access)  # afresh: others may have written since
            record = index.record(document_id)
            duplicates = index.duplicates_of([document_id])
            writer = IndexWriter(index)
            writer.delete_duplicates(duplicates)
            writer.delete([record])
            try:
                # Looked at now: a file that has come meanwhile may have taken one's place.
                for path in self._uploaded([record.file, *(one.file for one in duplicates)]):
                    path.unlink(missing_ok=True)
            except OSError as error:
                raise unwritable(self._settings.uploads, error) from None

    @property
    def folder(self) -> str:
        """Where uploaded files are kept, as their records have it."""
        return str(self._settings.uploads.resolve())

    def _uploaded(self, files: Sequence[FileStamp]) -> list[Path]:
        """Those of the files that were uploaded, without those whose next version waits already,
        or has just taken their place."""
        folder = self.folder
        ours = [file for file in files if file.folder == folder]
        if not ours:
            return []
        coming = {upload.name for job in self.jobs.unfinished() for upload in job.files}
        return [file.path for file in ours if file.source not in coming]

    def _ingest(self, files: Sequence[Upload], progress: Progress) -> Report:
        """A step of a job. Raises FootnoteError, OSError."""
        try:
            for file in files:
                file.take_place()
        except OSError as error:
            raise unwritable(self._settings.uploads, error) from error
        return run(
            self._settings,
            [str(file.place) for file in files],
            progress=progress,
            embedding=self._embedding(),
            wait=_WAIT_TO_INGEST,
        )
