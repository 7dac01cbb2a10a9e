"""An embedding model behind an OpenAI-compatible server: the server is false, its protocol real."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.__main__ import main
from ingest.embedding import load_embedding
from ingest.embedding.server import EmbeddingServer
from ingest.errors import ModelError
from ingest.index import open_index
from tests.conftest import serving
from tests.json_server import json_server

DIMENSION = 16


@dataclass
class FakeServer:
    """Gives every text a vector made of its words; of two texts, shared words make them near."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    fails: bool = False

    def answer(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if self.fails:
            return 400, {"error": {"message": "the model is asleep"}}
        if path == "/v1/models":
            return 200, {"object": "list", "data": [{"id": "tiny", "object": "model"}]}
        self.asked.append(body)
        rows = [
            {"object": "embedding", "index": index, "embedding": vector(text)}
            for index, text in enumerate(body["input"])
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        made = {"object": "list", "model": body["model"], "data": rows[::-1], "usage": usage}
        return 200, made


def vector(text: str) -> list[float]:
    made = np.zeros(DIMENSION)
    for word in text.lower().split():
        made[hashlib.sha256(word.strip(".,?").encode()).digest()[0] % DIMENSION] += 3.0
    return made.tolist()


@pytest.fixture
def server() -> Iterator[FakeServer]:
    fake = FakeServer()

    def answer(path: str, headers: Message, data: bytes) -> tuple[int, bytes]:
        fake.keys.add(headers["authorization"])
        status, answered = fake.answer(path, json.loads(data) if data else {})
        return status, json.dumps(answered).encode()

    with json_server(answer) as address:
        fake.url = f"{address}/v1"
        yield fake


def test_documents_are_ingested_and_asked_through_it(
    server: FakeServer, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text("The lighthouse of Brimholm is 47 metres tall.")
    (folder / "b.txt").write_text("The bakery on the square sells bread.")
    address, place = f"{server.url}#tiny", tmp_path / "index"
    monkeypatch.setenv("FOOTNOTE_EMBEDDING_MODEL", address)
    monkeypatch.setenv("FOOTNOTE_EMBEDDING_API_KEY", "secret")
    assert main([str(folder), "--index", str(place)]) == 0
    assert open_index(str(place)).settings.embedding_model == address
    with serving(place, embedding_model=address, embedding_api_key="secret") as client:
        asked = {"question": "How tall is the lighthouse of Brimholm?"}
        (citation,) = client.post("/v1/ask", json=asked).json()["citations"]
    assert citation["cited_text"] == "The lighthouse of Brimholm is 47 metres tall."
    assert {body["model"] for body in server.asked} == {"tiny"}
    assert server.keys == {"Bearer secret"}


def test_vectors_are_of_unit_length_and_in_the_order_of_the_texts(server: FakeServer) -> None:
    embedding = load_embedding(server.url, Path("unused"))
    assert isinstance(embedding, EmbeddingServer)
    assert (embedding.dimension, embedding.name) == (DIMENSION, server.url)
    texts = [f"number {number}" for number in range(150)]
    vectors = embedding.get_text_embedding_batch(texts)
    assert vectors.shape == (150, DIMENSION)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.allclose(vectors[7], embedding.get_query_embedding("number 7"))
    assert max(len(body["input"]) for body in server.asked) <= 64


def test_tokens_are_estimated_rather_too_high_and_cut_at_them(server: FakeServer) -> None:
    embedding = load_embedding(server.url, Path("unused"))
    text = "Internationalisation of 12345 words, 北京 too."
    (counted,) = embedding.count_tokens([text])
    assert counted >= 15
    for tokens in range(counted + 2):
        cut = embedding.cut(text, tokens)
        assert text.startswith(cut)
        assert embedding.count_tokens([cut])[0] <= tokens
    assert embedding.cut(text, counted) == text


def test_a_server_that_fails_or_is_not_there_is_named(server: FakeServer) -> None:
    server.fails = True
    with pytest.raises(ModelError, match=f"{server.url} .*the model is asleep"):
        load_embedding(f"{server.url}#tiny", Path("unused"))
    with pytest.raises(ModelError, match=r"http://127\.0\.0\.1:9/v1 \(FOOTNOTE_EMBEDDING_MODEL\)"):
        load_embedding("http://127.0.0.1:9/v1", Path("unused"))
