"""A language model with random weights, in the process and at a real server: real tokens, and
nothing to be cited."""

from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from tests.conftest import serving
from tests.model_servers.tiny_model import make_tiny_model
from tests.model_servers.transformers_server import transformers_server
from tests.service.written_service import BUILT, HOLM, MILL, WHO, ask, ingest_mill


@pytest.fixture(scope="module", params=["local", "transformers serve"])
def client(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    place = tmp_path_factory.mktemp("gibberish")
    model = make_tiny_model(place / "model", [MILL, HOLM])
    with ExitStack() as stack:
        settings = {"model": f"local:{model}"}
        if request.param != "local":
            address = stack.enter_context(transformers_server(model))
            settings = {"model": f"openai-like:{model}", "model_base_url": address}
        service = serving(ingest_mill(place), **settings, model_most_tokens=30)
        yield stack.enter_context(service)


@pytest.mark.parametrize("question", [WHO, "What does the entry cost?"])
def test_gibberish_is_never_cited(client: httpx.Client, question: str) -> None:
    answer = ask(client, question, debug=True)
    assert answer["model"] == "extractive" or answer["abstained"]
    assert all(one["support"] == 1 for one in answer["citations"])  # of the quoted words
    assert answer["notice"]
    assert answer["dropped"]


def test_an_answer_is_quoted_instead(client: httpx.Client) -> None:
    assert [one["text"] for one in ask(client, WHO)["statements"]] == [BUILT]
