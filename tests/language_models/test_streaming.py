"""What a model says arrives piece by piece, and what it thinks does not."""

import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from service.language_models.thoughts import ThoughtFilter
from tests.language_models.asking import KEY, MESSAGES, ask, limits, model_at
from tests.model_servers.reply import Reply
from tests.model_servers.scripted_server import ScriptedServer


def test_pieces_arrive_while_the_model_still_writes(server: ScriptedServer) -> None:
    server.says(Reply(("It is", " 47"), hangs="after_text"))
    stream = model_at(server).stream(MESSAGES, limits(60))
    assert [next(stream), next(stream)] == ["It is", " 47"]
    stream.close()  # type: ignore[attr-defined]


def test_complete_is_the_pieces_joined(server: ScriptedServer) -> None:
    server.says("It is 47 metres tall. [2]")
    assert model_at(server).complete(MESSAGES, limits()) == "It is 47 metres tall. [2]"


def test_the_server_gets_messages_settings_and_key(server: ScriptedServer) -> None:
    server.says("Yes.")
    ask(model_at(server, model_most_tokens=123, model_temperature=0.25))
    (request,) = server.requests
    body, options = request.body, request.body.get("options", request.body)
    said = [message["content"] for message in body["messages"]]
    assert "How tall is it?" in str(said[-1])
    assert "Be brief." in str(body.get("system") or said[0])
    assert body["model"] == "tiny"
    assert body["stream"] is True
    assert options["temperature"] == 0.25
    assert options.get("num_predict", options.get("max_tokens")) == 123
    assert KEY in str(request.headers)


def test_thoughts_in_the_protocols_own_field_are_no_text(server: ScriptedServer) -> None:
    server.says(Reply(("It is 47", " metres."), thoughts=("Let me", " see")))
    assert ask(model_at(server)).text == "It is 47 metres."


def test_thoughts_between_tags_are_no_text(server: ScriptedServer) -> None:
    server.says(
        Reply(("<th", "ink>Let me <b>see", "</b></thi", "nk>\n\n", "It is 47", " m < 50 m."))
    )
    assert ask(model_at(server)).text == "It is 47 m < 50 m."


def test_without_the_opening_tag_what_is_not_given_yet_is_no_text(server: ScriptedServer) -> None:
    server.says(Reply(("Let me see. </think>\n\nIt is", " 47 m.")))
    assert ask(model_at(server)).text == "It is 47 m."


def test_a_model_that_only_thinks_is_told_apart_from_an_empty_answer(
    server: ScriptedServer,
) -> None:
    model = model_at(server)
    server.says(Reply(("<think>Let", " me see"), finish="length"))
    only = ask(model)
    assert only.kind == "malformed"
    assert "FOOTNOTE_MODEL_MOST_TOKENS" in str(only.failure)
    server.says(Reply((), thoughts=("Let me see",), finish="length"))
    assert "only thought" in str(ask(model).failure)
    server.says(Reply(()))
    assert (ask(model).text, ask(model).kind) == ("", None)


def test_many_are_asked_at_once(server: ScriptedServer) -> None:
    server.says(Reply(("One", " two"), pause_s=0.2))
    model = model_at(server)
    started = time.monotonic()
    streams = [model.stream(MESSAGES, limits()) for _ in range(2)]
    firsts = [next(stream) for stream in streams]
    assert firsts == ["One", "One"]
    assert ["".join(stream) for stream in streams] == [" two", " two"]
    assert time.monotonic() - started < 10


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(["<think>", "<think>c</think>", "<", "a ", " b", "\n", "<thinking>"])),
    st.data(),
)
def test_text_is_the_same_however_it_is_split(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edges = [0, *cuts, len(text)]
    pieces = [text[start:end] for start, end in pairwise(edges)]
    assert filtered(pieces) == filtered([text])


def filtered(pieces: list[str]) -> str:
    thoughts = ThoughtFilter()
    return "".join([*map(thoughts.feed, pieces), thoughts.end()])
