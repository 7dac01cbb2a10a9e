"""What is said to the service itself gets a reply; whatever has a question in it stays one."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.answering.replies.small_talk import KINDS, Kind, small_talk, talk_data
from service.assembly import Assembly
from service.settings import ServiceSettings
from tests.conftest import Ingest, serving

SAID: dict[Kind, list[str]] = {
    "acknowledgement": ["ok", "Great!", "I see.", "got it"],
    "greeting": [
        "hi",
        "Hello there!",
        "good morning!",
        "hey footnote 👋",
        "Bonjour",
        "你好",
        "¡Hola!",
    ],
    "thanks": [
        "thanks",
        "Thanks, that helps",
        "thank you so much for your help!",
        "thx 🙏",
        "That was very helpful",
        "merci beaucoup",
        "danke schön",
        "no, thanks",
    ],
    "goodbye": ["bye", "Goodbye!", "ok thanks, see you later", "That's all, thank you"],
    "how_are_you": ["how are you?", "Hi, how are you doing today?", "what’s up"],
    "who": ["who are you", "What are you?", "are you a robot?", "What is your name?"],
    "help": ["help", "HELP!!!", "what can you do?", "Hi, can you help me?", "how does this work"],
    "documents": [
        "what documents do you have?",
        "Which files do you know",
        "list your sources",
        "Please list all documents.",
        "How many documents are there?",
        "Thanks! And which documents can you search?",
    ],
}


@pytest.mark.parametrize(
    ("kind", "message"), [(k, m) for k, several in SAID.items() for m in several]
)
def test_a_message_that_is_nothing_else_is_small_talk(kind: Kind, message: str) -> None:
    assert small_talk(message) == kind


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("greeting", "helo"),
        ("greeting", "hellooo"),
        ("greeting", "Good mornig"),
        ("thanks", "thnks"),
        ("thanks", "thank yuo for your hlep"),
        ("help", "waht can you do"),
        ("documents", "wich documets do you have"),
        ("who", "whoo are you"),
    ],
)
def test_a_letter_amiss_does_not_matter(kind: Kind, message: str) -> None:
    assert small_talk(message) == kind


@pytest.mark.parametrize(
    "message",
    [
        "thanks. when was it signed?",
        "Hi, who signed the treaty?",
        "hello world",
        "hello world program origin",
        "what documents did the minister sign?",
        "which documents are mentioned in the report?",
        "list the sources of the river",
        "help wanted ads in the report?",
        "how do you say good morning in japanese",
        "who are you in the story",
        "What is your opinion of the treaty?",
        "thank god it was signed",
        "great wall",
        "merck",
        "salad",
        "mercy",
        "tanks",
        "cello",
        "kkk",
        "what films do you have",
        "how does it work?",
        "what can it do?",
        "why?",
        "no",
        "there",
        "???",
        "👋",
        "",
        "hi " * 200,
    ],
)
def test_anything_more_stays_a_question(message: str) -> None:
    assert small_talk(message) is None


def test_every_template_can_be_read() -> None:
    """Alternatives inside alternatives would be taken for words."""
    data = talk_data()
    templates = [data["fillers"], *(data["kinds"][kind]["phrases"] for kind in KINDS)]
    for line in "\n".join(templates).splitlines():
        assert not set(re.sub(r"\([^()]*\)", "", line)) & set("()|"), line


def test_a_reply_with_statements_cannot_be_made(seeds_index: Path) -> None:
    answerer = Assembly(ServiceSettings(index=str(seeds_index))).answerer()
    answer = answerer.ask("Who released the report?")
    assert answer.statements
    with pytest.raises(ValueError, match="states nothing"):
        replace(answer, reply="You are welcome.")


def reply_to(client: httpx.Client, question: str, **more: Any) -> dict[str, Any]:
    body: dict[str, Any] = client.post("/v1/ask", json={"question": question, **more}).json()
    return body


@pytest.mark.parametrize("message", [several[0] for several in SAID.values()])
def test_a_reply_states_nothing_and_is_no_abstention(client: httpx.Client, message: str) -> None:
    reply = reply_to(client, message)
    assert (reply["kind"], reply["abstained"]) == ("reply", False)
    assert (reply["statements"], reply["citations"], reply["passages"]) == ([], [], [])
    assert reply["answer"] and "[1]" not in reply["answer"]
    assert reply["standalone_question"] == message
    assert set(reply["timings_ms"]) == {"retrieve", "answer", "verify", "total"}


def test_the_documents_are_named_by_their_titles(client: httpx.Client) -> None:
    (document,) = client.get("/v1/documents").json()["documents"]
    reply = reply_to(client, "what documents do you have?")
    assert reply["answer"] == f"I have one document:\n- {document['title']}"


def test_of_many_documents_the_first_are_named_and_all_counted(
    folder: Path, ingest: Ingest
) -> None:
    for number in range(7):
        (folder / f"{number}.txt").write_text(f"Orchard {number}\n\nTree {number} bears apples.\n")
    with serving(ingest(folder).location) as client:
        documents = client.get("/v1/documents").json()["documents"]
        told = reply_to(client, "which documents do you have")["answer"].splitlines()
        assert told[0].startswith("I have 7 documents")
        assert told[1:] == [f"- {document['title']}" for document in documents[:5]]
        some = [document["document_id"] for document in documents[2:4]]
        limited = reply_to(client, "which documents do you have", document_ids=some)["answer"]
        assert limited.splitlines()[0] == "I have 2 documents:"


def test_without_documents_the_reply_says_how_to_add_some(folder: Path, ingest: Ingest) -> None:
    with serving(ingest(folder, prune=True).location) as client:
        for message in ("what documents do you have?", "summarise everything"):
            reply = reply_to(client, message)
            assert reply["kind"] == "reply"
            assert "no documents yet" in reply["answer"]
        assert reply_to(client, "hello")["kind"] == "reply"


def test_a_follow_up_does_not_lean_on_small_talk(client: httpx.Client) -> None:
    before = [
        {"role": "user", "content": "Who is the foreign ministry spokesperson of China?"},
        {"role": "assistant", "content": "Wang Wenbin. [1]"},
    ]
    thanked = [
        *before,
        {"role": "user", "content": "Thanks, that helps!"},
        {"role": "assistant", "content": "You are welcome."},
        {"role": "user", "content": "Summarise the article"},
        {"role": "assistant", "content": "It is about labor. [1]"},
    ]
    question = "Whom did he criticize?"
    direct = reply_to(client, question, history=before)
    assert (
        reply_to(client, question, history=thanked)["standalone_question"]
        == (direct["standalone_question"])
    )
