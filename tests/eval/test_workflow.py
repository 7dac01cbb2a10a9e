"""The workflow that the documentation shows works as it stands."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

WORKFLOW = ROOT / ".github" / "workflows" / "evaluation.yml"


@pytest.mark.skipif(not (ROOT / ".venv").exists(), reason="not set up by make")
def test_its_steps_run_and_leave_the_report(tmp_path: Path) -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text())
    steps = {step.get("name"): step for step in workflow["jobs"]["evaluate"]["steps"]}
    summary = tmp_path / "summary.md"
    variables = os.environ | workflow["env"] | {"GITHUB_STEP_SUMMARY": str(summary)}
    for name in ("Evaluate", "Show the summary"):
        command = steps[name]["run"].replace("report/", f"{tmp_path}/report/")
        done = subprocess.run(
            ["bash", "-e", "-c", command],
            cwd=ROOT,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert "verbatim" in summary.read_text()
    made = {path.name for path in (tmp_path / "report").iterdir()}
    assert made == {"report.html", "junit.xml", "run.json", "summary.md"}
    assert steps["Keep the report"]["with"]["path"] == "report"
