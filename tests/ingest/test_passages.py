"""Invariant 3: the passages of a document tile it, fit the model, and end where sentences end."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.canonical import read_document
from ingest.documents import Block, Document, Passage, decode_blocks, document_id, encode_blocks
from ingest.embedding import Encoder
from ingest.errors import UnreadableFile
from ingest.passages import PassageSettings, embedded_text, split_document
from ingest.sentences import sentence_spans

BODY = "The council met on Tuesday. It agreed on a new budget for the schools of the city."
ROOM = 256 - 2 - 256 // 4  # what title, headings and special tokens leave to the text
PIECES = [
    *("word ", "The council met. ", "“Yes. No.” ", "U.S. ", "...", "?! ", "1. ", "½", "ß", "İ"),
    *("e\u0301", "\u0301", "👩‍👩‍👧 ", "𝔘𝔫", "\u200b", "\u200d", "\u202e", "\u00a0", "\u3000", "\t", " "),
    *("مرحبا. ", "שלום ", "北京是", "。", "क्षेत्र। ", "ไทยภาษา", "ﷺ", "a" * 130, "bcdfg" * 15),
    *("\n", "\n\n", "\n" * 60, "- item\n", "# Heading\n\n", "Short head\n\n", "```\ncode\n```\n"),
    *("FILE - A man stands here.\n\n", "\n\n| a | b |\n|---|---|\n| c | d |\n\n"),
]
awkward = st.lists(
    st.builds(lambda piece, times: piece * times, st.sampled_from(PIECES), st.integers(1, 50)),
    max_size=25,
).map("".join)
sources = st.sampled_from(["notes.txt", "notes.md"])


def document(text: str, source: str = "notes.txt") -> Document:
    return read_document(document_id(source), source, text.encode()).document


def any_document(text: str, source: str) -> Document:
    try:
        return document(text, source)
    except UnreadableFile:  # such as white space only: split it as it is
        return Document("id", "A title", source, text)


def split(made: Document, encoder: Encoder, target: int = 128) -> list[Passage]:
    return split_document(made, encoder.count_tokens, PassageSettings(256, target))


def kinds(passage: Passage) -> list[str]:
    return [block.kind for block in passage.blocks]


@settings(deadline=None, max_examples=150)
@given(text=st.text(max_size=300) | awkward, source=sources, target=st.sampled_from([32, 128, 512]))
def test_passages_tile_fit_and_end_at_sentence_ends(
    encoder: Encoder, text: str, source: str, target: int
) -> None:
    whole = any_document(text, source)
    passages = split(whole, encoder, target)
    assert "".join(passage.text for passage in passages) == whole.text
    assert [passage.position for passage in passages] == list(range(len(passages)))
    assert [passage.end for passage in passages[:-1]] == [p.start for p in passages[1:]]
    embedded = [embedded_text(whole.title, passage, encoder.cut, 256) for passage in passages]
    assert all(count + 2 <= 256 for count in encoder.count_tokens(embedded))
    for passage in passages:
        assert_blocks_lie_inside(passage)
        assert "caption" not in kinds(passage) or set(kinds(passage)) <= {
            "caption",
            *("title", "heading"),
        }
    assert_no_sentence_that_fits_is_cut(whole, passages, encoder)


def assert_blocks_lie_inside(passage: Passage) -> None:
    assert all(passage.start <= block.start < block.end <= passage.end for block in passage.blocks)
    assert all(first.end <= second.start for first, second in pairwise(passage.blocks))
    encoded = encode_blocks(passage.blocks, passage.start)
    assert decode_blocks(encoded, passage.start) == passage.blocks


def assert_no_sentence_that_fits_is_cut(
    whole: Document, passages: list[Passage], encoder: Encoder
) -> None:
    ends = [passage.end for passage in passages[:-1]]
    for block in whole.blocks:
        for start, end in sentence_spans(whole.text[block.start : block.end]):
            if any(block.start + start < cut < block.start + end for cut in ends):
                sentence = whole.text[block.start + start : block.start + end]
                assert encoder.count_tokens([sentence])[0] > ROOM


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=awkward, source=sources)
def test_the_index_gives_back_the_document(
    update: Callable[..., object], opened: Callable[..., object], folder: Path, text: str, source: str
) -> None:
    ...
