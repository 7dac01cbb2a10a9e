"""`python -m eval` asks all cases and prints its table."""

from pathlib import Path

import pytest

from eval.__main__ import main


def test_the_seed_cases_run_and_no_citation_is_untrue(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    told = capsys.readouterr().out
    (line,) = [line for line in told.splitlines() if "citations verbatim" in line]
    assert "1.000" in line


def test_a_wrong_case_file_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "none.jsonl")]) == 2
    assert capsys.readouterr().err.startswith("eval: ")
