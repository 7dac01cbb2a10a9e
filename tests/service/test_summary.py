"""A summary: central sentences of the document, in its order, each cited."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ingest.embedding import Encoder
from ingest.run import run
from ingest.settings import IngestSettings
from service.answering.ranking.sentence_vectors import SentenceVectors
from service.answering.summaries.quotable import stands_alone
from service.answering.summaries.request import SummaryRequest, summary_data, summary_request
from service.answering.summaries.summary import Summariser
from tests.conftest import Ingest, serving

HARBOUR = """# The Harbour of Brimholm

The harbour of Brimholm was built in 1887 by the town's fishermen.

It was too small from the start.

Today the harbour of Brimholm serves forty fishing boats and one ferry to the islands.

How long will the harbour last?

Figure 1: The harbour of Brimholm in winter.

The council of Brimholm decided in May to deepen the harbour by two metres.

Click here to subscribe to our newsletter about the harbour of Brimholm.

My aunt likes strawberry cake with cream on Sundays very much.

The deepened harbour will let larger ferries reach the islands from Brimholm.

However, the fishermen of Brimholm fear for their berths in the harbour.
"""
BEES = """# Bees of the Valley

Wild bees in the valley visit the blossoms of four hundred apple trees each spring.

The valley's beekeepers count the wild bees together every April.
"""


@pytest.mark.parametrize(
    "question",
    [
        "summarise the article",
        "Summarize this document, please.",
        "Can you give me a short summary?",
        "tl;dr",
        "summary",
        "What is this document about?",
        "What are the key points?",
        "the main points of the text",
        "Sum up everything",
        "sumarise the artcle",
        "Hi! Please summarise it for me.",
    ],
)
def test_a_request_for_a_summary_is_recognised(question: str) -> None:
    request = summary_request(question)
    assert request is not None
    assert request.named == ()


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("Summarise the article in one sentence", 1),
        ("in a sentence, what is this article about?", 1),
        ("What are the three key points of the text?", 3),
        ("Give me a summary in 4 sentences.", 4),
        ("Summarise the article in a few sentences", None),
        ("Summarise the article in two paragraphs", None),
    ],
)
def test_the_number_of_sentences_can_be_asked_for(question: str, count: int | None) -> None:
    request = summary_request(question)
    assert request is not None
    assert request.sentences == count


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Summarise The Harbour of Brimholm", ("harbour", "brimholm")),
        ("key points of the article about bees", ("bees",)),
        ("What is the “Bees of the Valley” text about?", ("bees", "valley")),
    ],
)
def test_a_request_may_name_its_document(question: str, named: tuple[str, ...]) -> None:
    request = summary_request(question)
    assert request is not None
    assert set(request.named) - {"the", "of"} == set(named)


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the summary?",
        "What does the summary say about ferries?",
        "Which points did the council make?",
        "What was decided about the harbour?",
        "How much was it?",
        "thanks",
        "",
    ],
)
def test_other_questions_are_no_request_for_a_summary(question: str) -> None:
    assert summary_request(question) is None


def test_what_it_is_about_may_point_back_at_the_conversation() -> None:
    assert summary_request("What is it about?") == SummaryRequest((), points_back=True)
    assert summary_request("Summarise it") == SummaryRequest(())


@pytest.mark.parametrize(
    "sentence",
    [
        "It was too small from the start of all this.",
        "However, the fishermen fear for their berths in the harbour.",
        "“Further, the harbour was too small for them,” the report said.",
        "For example, the ferry could not turn in the harbour.",
        "How long will the harbour of the town last?",
        "The harbour of the town, built in",
        "of the harbour that was built in the year 1887.",
        "Too short.",
        "Figure 1: The harbour of Brimholm in winter.",
        "“The harbour of Brimholm will be deepened by two metres.”",
        "“The harbour of Brimholm will be deepened by two metres.",
        "Click here to read all about the harbour of the town.",
    ],
)
def test_a_sentence_that_needs_another_is_not_taken(sentence: str) -> None:
    assert not stands_alone(sentence)


def test_a_sentence_in_a_script_without_spaces_may_stand_alone() -> None:
    assert stands_alone("市议会五月决定将港口加深两米以便大型渡轮停靠。")


def test_every_template_can_be_read() -> None:
    """Alternatives inside alternatives would be taken for words."""
    data = summary_data()
    for name in ("around", "requests", "about", "leaning", "boilerplate"):
        for line in data[name].splitlines():
            assert not set(re.sub(r"\([^()]*\)", "", line)) & set("()|"), line


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server over two short documents."""
    folder = tmp_path_factory.mktemp("town")
    (folder / "harbour.md").write_text(HARBOUR)
    (folder / "bees.md").write_text(BEES)
    place = tmp_path_factory.mktemp("town-index") / "index"
    run(IngestSettings(index=str(place)), [str(folder)])
    with serving(place) as client:
        yield client


def ask(client: httpx.Client, question: str, **more: Any) -> dict[str, Any]:
    body: dict[str, Any] = client.post("/v1/ask", json={"question": question, **more}).json()
    return body


def told(answer: dict[str, Any]) -> list[str]:
    return [statement["text"] for statement in answer["statements"]]


def test_a_summary_is_cited_verbatim_and_in_the_order_of_the_document(
    client: httpx.Client,
) -> None:
    answer = ask(client, "Summarise the article")
    assert (answer["kind"], answer["abstained"], answer["confidence"]) == ("answer", False, 1.0)
    assert 3 <= len(answer["statements"]) <= 5
    places = []
    for citation in answer["citations"]:
        text = client.get(f"/v1/documents/{citation['document_id']}").json()["text"]
        start, end = citation["start_char_index"], citation["end_char_index"]
        assert text[start:end] == citation["cited_text"]
        places.append(start)
    assert places == sorted(places)
    assert all(statement["citations"] for statement in answer["statements"])
    scores = [passage["score"] for passage in answer["passages"]]
    assert scores == sorted(scores, reverse=True)
    assert scores


def test_a_summary_has_central_sentences_that_stand_alone(server: httpx.Client) -> None:
    answer = ask(server, "Summarise the article about the harbour of Brimholm")
    sentences = told(answer)
    assert {citation["source"] for citation in answer["citations"]} == {"harbour.md"}
    assert len(sentences) == 3
    assert all("arbour" in sentence for sentence in sentences)
    assert not [one for one in sentences if one.startswith(("It", "How", "Figure", "Click"))]


def test_as_many_sentences_as_asked_for(server: httpx.Client) -> None:
    assert len(told(ask(server, "Summarise the harbour article in two sentences"))) == 2


def test_several_documents_get_a_sentence_or_two_each(server: httpx.Client) -> None:
    answer = ask(server, "Summarise everything")
    sources = [citation["source"] for citation in answer["citations"]]
    assert sorted(sources) == ["bees.md", "bees.md", "harbour.md", "harbour.md"]


def test_document_ids_say_which_document_is_meant(server: httpx.Client) -> None:
    documents = server.get("/v1/documents").json()["documents"]
    (bees,) = [one["document_id"] for one in documents if one["source"] == "bees.md"]
    answer = ask(server, "tl;dr", document_ids=[bees])
    assert {citation["document_id"] for citation in answer["citations"]} == {bees}
    named = ask(server, "Summarise the harbour article", document_ids=[bees])
    assert all(citation["document_id"] == bees for citation in named["citations"])


def test_a_name_that_no_document_has_makes_it_a_question(server: httpx.Client) -> None:
    assert ask(server, "Summarise the reaction of the dentists")["kind"] == "abstention"


def test_among_many_documents_one_has_to_be_named(folder: Path, ingest: Ingest) -> None:
    for number in range(7):
        words = f"Orchard {number} has {number + 3} rows of old apple trees on its northern slope."
        (folder / f"{number}.txt").write_text(f"Orchard {number}\n\n{words}\n")
    with serving(ingest(folder).location) as client:
        reply = ask(client, "Summarise the article")
        assert reply["kind"] == "reply"
        assert reply["answer"].startswith("I have 7 documents, too many")
        assert "- Orchard 0" in reply["answer"]
        assert told(ask(client, "Summarise Orchard 4")) == [
            "Orchard 4 has 7 rows of old apple trees on its northern slope."
        ]


def test_a_long_document_is_summed_up_as_fast_as_a_short_one(
    folder: Path, ingest: Ingest, encoder: Encoder
) -> None:
    chapters = []
    for chapter in range(60):
        lines = [
            f"In year {chapter * 9 + n} keeper {n} of lighthouse {chapter} wrote of the {what}."
            for n, what in enumerate(["storm at sea", "fog", "new lamp", "ships", "birds", "war"])
        ]
        chapters.append(f"## Lighthouse {chapter}\n\n{' '.join(lines)}")
    (folder / "keepers.md").write_text("# Keepers of the Light\n\n" + "\n\n".join(chapters))
    index = ingest(folder)
    vectors = _Counting(encoder)
    (record,) = index.all_records()
    started = time.perf_counter()
    summary = Summariser(index, vectors).summarise([record])
    assert time.perf_counter() - started < 10
    assert len(summary.statements) == 5
    assert vectors.encoded <= 110


class _Counting(SentenceVectors):
    encoded = 0

    def of(self, texts: Any) -> Any:
        self.encoded += len(texts)
        return super().of(texts)
