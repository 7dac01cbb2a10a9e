"""Two settings side by side: what one gains over the other, paired by case."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.compare import VariantError, changed_cases, differences, load_variant
from tests.eval.test_gate import broken, run


def test_two_settings_are_run_and_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "as-it-is.toml").write_text('label = "as it is"\n')
    (tmp_path / "silent.toml").write_text("[settings]\nabstain_below = 1.0\n")
    svg = tmp_path / "sweep.svg"
    files = [str(tmp_path / "as-it-is.toml"), str(tmp_path / "silent.toml")]
    assert main(["compare", *files, "--sample", "30", "--svg", str(svg)]) == 0
    told = capsys.readouterr().out
    assert "as it is and silent" in told
    assert "right only with silent: " in told
    row = next(line for line in told.splitlines() if "answered when" in line)
    assert "0.000" in row and "*" in row
    labels = "".join(ET.parse(svg).getroot().itertext())
    assert "as it is" in labels and "silent" in labels


def test_differences_are_paired_by_case() -> None:
    first, other = run(broken(0)), run(broken(8))
    found = differences(first, other)
    assert (found["right"].before, found["right"].after) == (1.0, 0.6)
    assert found["right"].beyond_chance
    assert not found["hit@1"].beyond_chance
    assert changed_cases(first, other) == ([f"c{n}" for n in range(8)], [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("label = ", "not valid TOML"),
        ("colour = 1", "colour"),
        ("settings = 3", "settings"),
    ],
)
def test_a_wrong_file_is_one_clear_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(text)
    with pytest.raises(VariantError, match=told):
        load_variant(path)


@pytest.mark.parametrize(
    ("settings", "told"),
    [("passage_tokens = 1", "FOOTNOTE_PASSAGE_TOKENS"), ("no_such = 1", "no_such")],
)
def test_a_wrong_setting_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: str, told: str
) -> None:
    (tmp_path / "a.toml").write_text(f"[settings]\n{settings}\n")
    assert main(["compare", *2 * [str(tmp_path / "a.toml")]]) == 2
    assert told in capsys.readouterr().err
