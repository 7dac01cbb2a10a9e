"""A chat endpoint is asked over the real client, and its cited answer becomes a response."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.cases.case import Case
from eval.targets.chat_endpoint import ChatEndpoint, Passages
from eval.targets.response import CitedSpan, RankedPassage, Response, SaidStatement
from ingest.errors import IndexMissing
from service.answering.conversation import Turn
from tests.eval.chat_server import ChatServer, Reply, chat_server
from tests.eval.test_cited_sources import PORTS, Shelf

CASE = Case(id="c", question="When does the port open?", facts=(("six",),))


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with chat_server() as server:
        yield server


def endpoint(
    server: ChatServer, passages: Passages | None = None, **options: object
) -> ChatEndpoint:
    return ChatEndpoint(
        server.url,
        "tiny",
        "sk-secret-1",
        Shelf(),
        passages=passages,
        options=options,
        timeout_s=0.5,
        retries=0,
    )


def ports(case: Case) -> list[RankedPassage]:
    return [
        RankedPassage(document_id="id of ports.md", start=0, end=22, text=PORTS[:22]),
        RankedPassage(document_id="id of ports.md", start=23, end=len(PORTS)),
    ]


def cited(response: Response) -> list[tuple[str, list[str]]]:
    return [
        (said.text, [one.cited_text for one in response.cited_by(said)])
        for said in response.statements
    ]


def test_an_answer_is_taken_apart_into_statements_and_footnotes(server: ChatServer) -> None:
    found = [{"url": "http://x/ports.md", "title": "P", "snippet": "The port opens at six."}]
    server.says(Reply("It opens at six [1]. It is old [7][1].", body={"search_results": found}))
    asked = endpoint(server)
    response = asked.ask(CASE)
    assert response.answer == "It opens at six [1]. It is old [7][1]."
    assert response.statements == (
        SaidStatement(text="It opens at six.", citations=(1,)),
        SaidStatement(text="It is old.", citations=(2, 1)),
    )
    right, unknown = response.citations
    assert right == CitedSpan(
        document_id="id of ports.md", source="ports.md", start=0, end=22, cited_text=PORTS[:22]
    )
    assert (unknown.document_id, unknown.cited_text) == (None, "")
    assert (response.error, response.abstained) == (None, False)
    assert response.tokens == {"prompt": 11, "completion": 7}
    assert 0 < response.timings_ms["round_trip"] <= response.timings_ms["total"]
    assert asked.name == f"tiny at {server.url}"
    assert "sk-secret-1" not in str(asked.settings())


def test_one_number_may_stand_for_several_pieces(server: ChatServer) -> None:
    group = {
        "source": {"id": "k", "name": "Knowledge"},
        "document": [PORTS[:22], PORTS[23:]],
        "metadata": [{"source": "ports.md"}, {"source": "ports.md"}],
    }
    server.says(Reply("It opens at six [1].", body={"sources": [group]}))
    assert cited(endpoint(server).ask(CASE)) == [("It opens at six.", [PORTS[:22], PORTS[23:]])]


def test_links_without_numbers_are_footnotes_too(server: ChatServer) -> None:
    text = "It opens at six ([ports](https://h/ports.md))."
    start = text.index("([")
    annotation = {"url": "https://h/ports.md", "title": "P", "start_index": start, "end_index": 45}
    cites = {"annotations": [{"type": "url_citation", "url_citation": annotation}]}
    server.says(Reply(text, message=cites))
    assert cited(endpoint(server).ask(CASE)) == [("It opens at six.", [PORTS])]


def test_the_history_goes_before_the_question(server: ChatServer) -> None:
    server.says("At six.")
    history = (Turn("user", "Hello"), Turn("assistant", "Hello to you"))
    case = CASE.model_copy(update={"history": history})
    response = endpoint(server, files=[{"id": "k"}], temperature=None).ask(case)
    (body,) = server.asked
    assert [one["content"] for one in body["messages"]] == ["Hello", "Hello to you", CASE.question]
    assert (body["stream"], body["files"]) == (False, [{"id": "k"}])
    assert "temperature" not in body
    assert cited(response) == [("At six.", [])]


def test_a_bare_model_cites_the_passages_it_was_given(server: ChatServer) -> None:
    server.says("It opens at six [1]. High water closes it [2]. It is blue [3].")
    asked = endpoint(server, ports)
    response = asked.ask(CASE)
    (message,) = server.asked[0]["messages"]
    assert f"[1] {PORTS[:22]}\n\n[2] {PORTS[23:]}\n</passages-" in message["content"]
    assert message["content"].endswith(f"Question: {CASE.question}")
    assert server.asked[0]["temperature"] == 0
    assert [words for _, words in cited(response)] == [[PORTS[:22]], [PORTS[23:]], [""]]
    assert [one.source for one in response.citations] == ["ports.md", "ports.md", ""]
    assert response.passages == tuple(ports(CASE))
    assert asked.settings()["prompt"] == "cite-passages 1"


@pytest.mark.parametrize("said", ["", "I could not find an answer in the passages.", None])
def test_an_empty_answer_and_an_uncited_refusal_abstain(
    server: ChatServer, said: str | None
) -> None:
    server.says(Reply(said))
    response = endpoint(server).ask(CASE)
    assert response.abstained
    assert (response.statements, response.citations, response.error) == ((), (), None)


def test_what_a_model_says_when_it_refuses_is_the_answer(server: ChatServer) -> None:
    server.says(Reply(None, message={"refusal": "I cannot answer that."}))
    response = endpoint(server).ask(CASE)
    assert (response.answer, response.abstained) == ("I cannot answer that.", True)


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(status=401, error="bad key sk-secret-1"), "refused the API key"),
        (Reply(status=500, error="asleep"), "asleep"),
        (Reply(raw='{"choices": []}'), "did not answer with a chat completion"),
        (Reply(raw='{"choices": [{"message": '), "it is not JSON"),
        (Reply(delay_s=1.5), r"no answer within 0\.5 seconds"),
        (Reply("<think>Well", finish="length"), "used up its tokens"),
    ],
)
def test_a_failure_is_a_response_that_says_why(
    server: ChatServer, reply: Reply, message: str
) -> None:
    server.says(reply)
    response = endpoint(server).ask(CASE)
    assert response.error is not None
    assert re.search(message, response.error)
    assert server.url in response.error and "sk-secret-1" not in response.error


def test_passages_that_cannot_be_found_are_said(server: ChatServer) -> None:
    def missing(case: Case) -> list[RankedPassage]:
        raise IndexMissing("there is no index")

    assert endpoint(server, missing).ask(CASE).error == "there is no index"
    assert server.asked == []


def test_half_a_character_in_a_reply_can_still_be_stored(
    server: ChatServer, tmp_path: Path
) -> None:
    server.says(Reply(raw='{"choices": [{"message": {"content": "It is \\ud800 so."}}]}'))
    response = endpoint(server).ask(Case(id="a", question="?", abstain="must"))
    (tmp_path / "response.json").write_text(response.model_dump_json(), "utf-8")
    assert response.error is None
