"""Schemathesis over the OpenAPI document of a real service that has an index of its own."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.conftest import ROOT, started

_CONFIG = Path(__file__).parent / "schemathesis.toml"
_MANAGES = "may-manage"


@contextmanager
def fuzzed_service(index: Path, place: Path, with_keys: bool) -> Iterator[httpx.Client]:
    """Over a copy of an index, for documents are added and deleted; all that is written lies in
    `place`, a folder."""
    copy = place / "index"
    shutil.copytree(index, copy)
    with started(
        copy,
        model="extractive",
        uploads=str(place / "uploads"),
        feedback=str(place / "feedback.sqlite3"),
        api_keys=f"ask:may-ask,manage:{_MANAGES}" if with_keys else "",
        wait_seconds="60",  # a machine that is busy is not what is looked for
    ) as (_, client):
        yield client


def fuzz(
    client: httpx.Client, with_keys: bool, options: Sequence[str], quietly: bool = False
) -> subprocess.CompletedProcess[str]:
    """A run, whose return code is 0 when nothing was found. `quietly`: what it says is kept."""
    key = ["--header", f"Authorization: Bearer {_MANAGES}"] if with_keys else []
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(_CONFIG)),
        *("run", f"{client.base_url}/openapi.json", *key, *options),
    ]
    return subprocess.run(command, cwd=ROOT, text=True, capture_output=quietly, check=False)
