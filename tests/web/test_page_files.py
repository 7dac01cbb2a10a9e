"""The pages' own files hold nothing that a strict policy forbids, or that could run a text."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.conftest import ROOT

WEB = ROOT / "service" / "web"
PAGES = sorted(WEB.glob("*.html"))
SCRIPTS = sorted(path for path in WEB.rglob("*.js") if path.parent.name != "vendor")
MARKUP_FROM_TEXT = re.compile(
    r"\.(?:innerHTML|outerHTML|srcdoc|insertAdjacentHTML|createContextualFragment|cssText)\b"
    r"|\bdocument\.write|\bDOMParser\b|\bsetHTML|\beval\s*\(|\bnew\s+Function\b"
    r"|\bset(?:Timeout|Interval)\s*\(\s*[\"'`]|javascript:"
    r"|\.on[a-z]+\s*=[^=]|setAttribute\(\s*[\"'](?:on|style)"
)


class Findings(HTMLParser):
    """What a page has that must not be there."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self._inside = tag if tag in ("script", "style") else ""
        self.found += [name for name in given if name.startswith("on") or name == "style"]
        for name in ("src", "href", "action"):
            if name in given and not given[name].startswith(("/", "#")):
                self.found.append(given[name])

    def handle_data(self, data: str) -> None:
        if self._inside and data.strip():
            self.found.append(f"inline {self._inside}")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_page_has_no_inline_script_or_style_and_nothing_from_elsewhere(page: Path) -> None:
    findings = Findings()
    findings.feed(page.read_text("utf-8"))
    assert findings.found == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_never_makes_markup_or_code_of_text(script: Path) -> None:
    assert MARKUP_FROM_TEXT.findall(script.read_text("utf-8")) == []


def test_there_are_pages_and_scripts_to_look_at() -> None:
    assert {"index.html", "source.html"} <= {page.name for page in PAGES}
    assert len(SCRIPTS) > 10
    assert MARKUP_FROM_TEXT.search("node.innerHTML = text")
