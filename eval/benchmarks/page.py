"""`python -m eval.benchmarks.page`: from a click on a footnote to the cited words on the screen.

A real service holds documents of a megabyte, of words drawn at random, and a real Chromium shows
its chat page. The answer is given by the benchmark, so that its citations stand anywhere in the
document. For each click: how long until the frame behind the one in which the current mark stood in
the panel's view; "words" is the cited words, "document" the same with the document around them,
which the page shows as soon as it has it. Cold, the page has never fetched the document; ahead, it
was fetched while the answer was read, as happens of itself; warm, it is on show already.
"""

import argparse
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table

from eval.benchmarks.drawn_documents import DrawSentence
from eval.benchmarks.drawn_vectors import DrawnVectors, zipf_sentences
from eval.benchmarks.page_clicks import CLICKS, Click, clicks, open_page
from eval.benchmarks.places import place_for
from eval.commands.targets import positive
from ingest.embedding import load_encoder
from ingest.run import run as ingest
from ingest.settings import load_settings
from service.settings import ServiceSettings

_SEED = 7
_MEGABYTE = 1_000_000
_PARAGRAPHS = {"thousands of paragraphs": 200, "very long paragraphs": 100_000}
"""Letters of a paragraph, by kind of document."""
_NEEDS = "playwright is missing: it comes with the development requirements (`make test`)"


def main() -> None:
    made = argparse.ArgumentParser(
        prog="python -m eval.benchmarks.page",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--clicks", metavar="N", type=positive, default=20, help="of a kind (20)")
    made.add_argument("--letters", metavar="N", type=positive, default=_MEGABYTE)
    made.add_argument(
        "--keep", metavar="FOLDER", type=Path, help="keep the index here, and use it again"
    )
    options = made.parse_args()
    try:
        import playwright  # noqa: F401
    except ImportError:
        made.error(_NEEDS)
    console = Console(highlight=False)
    with place_for(options.keep) as place:
        with console.status("making the index"):
            _make(place, options.letters)
        with _served(place / "index") as client, open_page(str(client.base_url)) as page:
            table = _table()
            for document in client.get("/v1/documents").json()["documents"]:
                whole = client.get(f"/v1/documents/{document['document_id']}").json()
                with console.status(f"clicking, {whole['title']}"):
                    found = clicks(page, answer_about(whole, options.clicks))
                for kind in CLICKS:
                    table.add_row(whole["title"], kind, *_figures(found[kind]))
    console.print(table)


def _make(place: Path, letters: int) -> None:
    settings = load_settings(ServiceSettings, index=str(place / "index"))
    encoder = load_encoder(settings.embedding_model, settings.models)
    draw = zipf_sentences(encoder)
    folder = place / "documents"
    folder.mkdir(exist_ok=True)
    for kind, length in _PARAGRAPHS.items():
        text = f"{kind.capitalize()}\n\n{_text(draw, letters, length)}\n"
        (folder / f"{kind.replace(' ', '-')}.txt").write_text(text, "utf-8")
    ingest(settings, [str(folder)], prune=True, embedding=DrawnVectors(encoder))


def _text(draw: DrawSentence, letters: int, paragraph: int) -> str:
    chance = random.Random(_SEED)
    paragraphs: list[str] = []
    written = 0
    while written < letters:
        sentences: list[str] = []
        while sum(map(len, sentences)) < paragraph and written < letters:
            sentences.append(draw(chance))
            written += len(sentences[-1]) + 1
        paragraphs.append(" ".join(sentences))
    return "\n\n".join(paragraphs)


def answer_about(document: dict[str, Any], citations: int) -> dict[str, Any]:
    """An answer whose citations are sentences anywhere in the document."""
    text, chance = document["text"], random.Random(_SEED)
    cited = []
    for index in range(1, citations + 1):
        start = text.index(". ", chance.randrange(len(text) - 5_000)) + 2
        end = text.index(".", start) + 1
        cited.append(
            {
                "index": index,
                "document_id": document["document_id"],
                "document_title": document["title"],
                "source": document["source"],
                "page": None,
                "start_char_index": start,
                "end_char_index": end,
                "cited_text": text[start:end],
                "support": 1.0,
            }
        )
    return {
        "id": "benchmark",
        "answer": " ".join(f"{one['cited_text']} [{one['index']}]" for one in cited),
        "kind": "answer",
        "abstained": False,
        "statements": [{"text": o["cited_text"], "citations": [o["index"]]} for o in cited],
        "citations": cited,
        "passages": [],
        "standalone_question": "",
        "model": "extractive",
        "confidence": 1.0,
        "dropped_statements": 0,
        "timings_ms": {"total": 1.0},
    }


@contextmanager
def _served(index: Path) -> Iterator[httpx.Client]:
    """A client of a service in a process of its own."""
    command = [sys.executable, "-m", "service", "--index", str(index), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        said = process.stdout.readline()
        try:
            address = next(word for word in said.split() if word.startswith("http://"))
            with httpx.Client(base_url=address, timeout=60) as client:
                yield client
        finally:
            process.terminate()


def _table() -> Table:
    table = Table(title="milliseconds from the click", box=box.SIMPLE_HEAD)
    for name in ("document", "fetched", "words p50", "words p95", "document p50", "document p95"):
        table.add_column(name, justify="right" if name[-3:-1] in ("p5", "p9") else "left")
    return table


def _figures(found: list[Click]) -> Iterator[str]:
    for taken in ([one.words for one in found], [one.document for one in found]):
        yield from (f"{value:.0f}" for value in np.quantile(taken, (0.5, 0.95)))


if __name__ == "__main__":
    main()
