"""What the documentation lists is what there is."""

import re

from service.settings import ServiceSettings
from tests.conftest import ROOT


def test_env_example_lists_every_setting_with_its_default() -> None:
    listed = dict(
        re.findall(r"^# (FOOTNOTE_\w+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    )
    fields = ServiceSettings.model_fields
    assert listed == {
        f"FOOTNOTE_{name.upper()}": "" if field.default is None else str(field.default)
        for name, field in fields.items()
    }


def test_architecture_names_only_files_that_exist() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    folders = ("ingest", "service", "eval", "docs", "tests", "prompts")
    files = {f"/{path.relative_to(ROOT)}" for name in folders for path in (ROOT / name).rglob("*")}
    for name in re.findall(r"`([\w/]+\.(?:py|txt|json|jsonl|md))`", text):
        assert (ROOT / name).exists() or any(file.endswith(f"/{name}") for file in files), name
