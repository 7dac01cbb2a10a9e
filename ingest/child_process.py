"""Starting a process of our own that speaks over an inherited socket, and ends with it."""

import os
import subprocess
import sys
from multiprocessing.connection import Connection, Pipe
from pathlib import Path


def start_child(
    module: str, *arguments: str, quiet: bool = False
) -> tuple[subprocess.Popen[bytes], Connection]:
    """Run `python -m MODULE FD ARGUMENTS...`; FD is its end of the connection that is returned.

    `quiet` keeps what libraries print over a foreign file off the terminal.
    """
    ours, theirs = Pipe()
    output = subprocess.DEVNULL if quiet else None
    process = subprocess.Popen(  # noqa: S603 (ourselves)
        [sys.executable, "-m", module, str(theirs.fileno()), *arguments],
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        env=os.environ | {"PYTHONPATH": _import_path()},
    )
    theirs.close()
    return process, ours


def _import_path() -> str:
    """Where this package is found, whatever folder the program was started in."""
    root = str(Path(__file__).parent.parent)
    return os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
