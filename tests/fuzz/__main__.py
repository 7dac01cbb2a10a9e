"""`python -m tests.fuzz [SCHEMATHESIS OPTION...]`: every check, in full, with and without keys."""

import sys
import tempfile
from pathlib import Path

from ingest.run import run
from ingest.settings import IngestSettings
from tests.conftest import SEEDS
from tests.fuzz.fuzzing import fuzz, fuzzed_service

_IN_FULL = ("--max-examples=200", "--max-time=600")


def main(options: list[str]) -> int:
    """The exit code: 1 when something was found."""
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        run(IngestSettings(index=str(place / "index")), [str(SEEDS)])
        for with_keys in (False, True):
            own = place / ("keys" if with_keys else "open")
            own.mkdir()
            with fuzzed_service(place / "index", own, with_keys) as client:
                failed |= fuzz(client, with_keys, [*_IN_FULL, *options]).returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
