"""Nothing that is sent makes the service fail, or answer otherwise than its OpenAPI document says.

In full: `python -m tests.fuzz`.
"""

from pathlib import Path

import pytest

from tests.fuzz.fuzzing import fuzz, fuzzed_service

RANDOM = ("--phases=fuzzing,stateful", "--max-examples=3")
EDGES = ("--phases=coverage",)


@pytest.mark.parametrize(
    ("with_keys", "options"),
    [(False, RANDOM), (True, EDGES)],
    ids=["random requests", "edge cases with keys"],
)
def test_answers_are_as_documented(
    seeds_index: Path, tmp_path: Path, with_keys: bool, options: tuple[str, ...]
) -> None:
    with fuzzed_service(seeds_index, tmp_path, with_keys) as client:
        run = fuzz(client, with_keys, options, quietly=True)
        assert client.get("/readyz").status_code == 200
    assert run.returncode == 0, run.stdout + run.stderr
