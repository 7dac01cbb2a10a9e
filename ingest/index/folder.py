"""An index's folder, as a Chroma client that keeps nothing and shares nothing."""

from chromadb.api.client import Client
from chromadb.api.rust import RustBindingsAPI
from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT, Settings, System


class FolderClient(Client):
    """Sees all that was written to the folder before its first read; it is closed when the last
    one who has it, or a collection of it, lets go.

    The library's own way hands out what a process has open of a folder by the folder's name: an
    older view, or that of another thread that opens it at the same time, and it lets go of none.
    """

    def __init__(self, folder: str) -> None:
        settings = Settings(
            anonymized_telemetry=False, is_persistent=True, persist_directory=folder
        )
        self.tenant, self.database = DEFAULT_TENANT, DEFAULT_DATABASE
        self._server = RustBindingsAPI(System(settings))
        self._server.start()
