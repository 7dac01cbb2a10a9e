"""Where a model's weights lie, and whether a packaged one is what it says it is."""

import hashlib
import json
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from ingest.errors import ModelError


def locate(name: str) -> str:
    """A folder for a packaged model or a given path; else the name, for a hub to resolve.

    A packaged model's weights are compared with the recorded sha256; ModelError if they differ.
    """
    known = json.loads(files("ingest.embedding").joinpath("weights.json").read_text("utf-8"))
    if name not in known:
        return name
    entry = known[name]
    spec = find_spec(entry["package"])
    if spec is None or spec.origin is None:
        raise ModelError(f"the package {name} is not installed: run `make setup`")
    folder = Path(spec.origin).parent / entry["folder"]
    _verify(folder / entry["file"], entry["sha256"])
    return str(folder)


def _verify(weights: Path, expected: str) -> None:
    with weights.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    if found != expected:
        raise ModelError(
            f"{weights} is not the expected file (sha256 {found}, expected {expected}): "
            "reinstall the package, or choose another FOOTNOTE_EMBEDDING_MODEL"
        )
