"""The program that reads files for `ingest.reading`: requests in, documents or reasons out.

`python -m ingest.reader_process FD READERS` speaks over the inherited socket FD and ends with it;
READERS is the JSON of the plugged-in ones.
"""

import hashlib
import json
import os
import resource
import signal
import sys
from multiprocessing.connection import Connection

from ingest.canonical import read_document
from ingest.errors import UnreadableFile
from ingest.readers import plug_in
from ingest.reading import FileReading, ReadRequest

_MOST_MEMORY = 4 << 30  # bytes of address space: what a 100 MB file may need, and no more


def main(descriptor: int, plugged: dict[str, str]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    plug_in(plugged)
    connection = Connection(descriptor)
    while True:
        try:
            request = connection.recv()
        except EOFError:
            return
        connection.send(answer(request))


def answer(request: ReadRequest) -> FileReading | UnreadableFile:
    """Read one file, whatever is in it."""
    try:
        data = _bytes_of(request)
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 == request.known_sha256:
            return FileReading(sha256, None)
        return FileReading(sha256, read_document(request.document_id, request.file.source, data))
    except UnreadableFile as error:
        return error
    except MemoryError:
        return UnreadableFile(f"takes more than {_MOST_MEMORY >> 30} GB of memory to read")
    except RecursionError:
        return UnreadableFile("nested too deeply")
    except Exception as error:  # a fault in a reader or its library costs this file only
        return UnreadableFile(f"its reader failed ({type(error).__name__}: {error})")


def _bytes_of(request: ReadRequest) -> bytes:
    file = request.file
    try:
        with file.path.open("rb") as opened:
            data = opened.read(request.most_bytes + 1)
            status = os.fstat(opened.fileno())
    except OSError as error:
        raise UnreadableFile(f"cannot be read: {error.strerror or error}") from None
    now = (status.st_size, status.st_mtime_ns, len(data))
    if now != (file.size, file.modified, file.size):
        raise UnreadableFile("it changed while it was read: ingest it again")
    return data


if __name__ == "__main__":
    main(int(sys.argv[1]), json.loads(sys.argv[2]))
