"""A language model with random weights, in the process: real tokens, and nothing to be cited."""

from collections.abc import Iterator

import httpx
import pytest

from tests.model_servers.tiny_model import make_tiny_model
from tests.service.written_service import (
    BUILT,
    HOLM,
    MILL,
    WHO,
    ask,
    ingest_mill,
    written_service,
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    place = tmp_path_factory.mktemp("gibberish")
    model = make_tiny_model(place / "model", [MILL, HOLM])
    with written_service(
        ingest_mill(place), model=f"local:{model}", model_most_tokens=30
    ) as client:
        yield client


@pytest.mark.parametrize("question", [WHO, "What does the entry cost?"])
def test_gibberish_is_never_cited(client: httpx.Client, question: str) -> None:
    answer = ask(client, question, debug=True)
    assert answer["model"] == "extractive" or answer["abstained"]
    assert all(one["support"] == 1 for one in answer["citations"])  # of the quoted words
    assert answer["notice"]
    assert answer["dropped"]


def test_an_answer_is_quoted_instead(client: httpx.Client) -> None:
    assert [one["text"] for one in ask(client, WHO)["statements"]] == [BUILT]
