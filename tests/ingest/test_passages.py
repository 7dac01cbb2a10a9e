"""Invariant 3: the passages of a document tile it, fit the model, and end where sentences end."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ingest.canonical import read_document
from ingest.documents import Block, Document, Passage, decode_blocks, document_id, encode_blocks
from ingest.embedding import Encoder
from ingest.errors import UnreadableFile
from ingest.index import Index
from ingest.index.opening import open_index
from ingest.passages import PassageSettings, embedded_text, split_document
from ingest.report import Report
from ingest.sentences import sentence_spans

BODY = "The council met on Tuesday. It agreed on a new budget for the schools of the city."
ROOM = 256 - 2 - 256 // 4  # what title, headings and special tokens leave to the text
MOST_LETTERS = 24 * ROOM  # of a passage, whatever the tokenizer makes of them
PIECES = [
    *("word ", "The council met. ", "“Yes. No.” ", "U.S. ", "...", "?! ", "1. ", "½", "ß", "İ"),
    *(
        "e\u0301",
        "\u0301",
        "👩‍👩‍👧 ",
        "𝔘𝔫",
        "\u200b",
        "\u200d",
        "\u202e",
        "\u00a0",
        "\u3000",
        "\t",
        " ",
    ),
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


@settings(deadline=None, max_examples=300)
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
    assert all(len(passage.text) <= MOST_LETTERS for passage in passages)
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
                assert encoder.count_tokens([sentence])[0] > ROOM or len(sentence) > MOST_LETTERS


@settings(
    deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=awkward, source=sources)
def test_the_index_gives_a_document_back(
    update: Callable[..., Report], tmp_path: Path, folder: Path, text: str, source: str
) -> None:
    """Every example replaces the one before in the same index."""
    (folder / source).write_text(text, newline="")
    report = update(folder)
    assume(source in report.added + report.updated)
    whole = document(text, source)
    found = open_index(str(tmp_path / "index")).document(whole.id)
    assert (found.id, found.title, found.source) == (whole.id, whole.title, source)
    assert found.text == whole.text


def test_the_index_gives_blocks_headings_and_captions_back(
    ingest: Callable[..., Index], folder: Path
) -> None:
    text = f"Budget agreed\n\n{BODY}\n\nFILE - A man.\n\nWhat comes next\n\n{BODY}\n\n- a\n- b"
    (folder / "notes.txt").write_text(text)
    whole = document(text)
    assert ingest(folder).document(whole.id).blocks == whole.blocks


def test_paragraphs_are_joined_up_to_the_target_and_stay_whole(encoder: Encoder) -> None:
    paragraphs = [f"{BODY} Item {number} passed." for number in range(20)]
    passages = split(document("\n\n".join(paragraphs)), encoder)
    sizes = encoder.count_tokens([passage.text for passage in passages])
    assert all(64 < size <= 128 for size in sizes[:-1])
    assert [line for p in passages for line in p.text.strip().split("\n\n")] == paragraphs


def test_an_overlong_paragraph_is_split_evenly_between_sentences(encoder: Encoder) -> None:
    passages = split(document(" ".join(f"{BODY} Item {number}." for number in range(12))), encoder)
    sizes = encoder.count_tokens([passage.text for passage in passages])
    assert len(passages) > 1
    assert max(sizes) <= ROOM < 2 * min(sizes)
    assert all(passage.text.rstrip().endswith(".") for passage in passages)


def test_parts_of_a_block_have_no_white_space_around_them(encoder: Encoder) -> None:
    whole = document(" ".join(f"{BODY} Item {number}." for number in range(12)))
    parts = [block for passage in split(whole, encoder) for block in passage.blocks]
    texts = [whole.text[part.start : part.end] for part in parts]
    assert texts == [text.strip() for text in texts]


def test_an_overlong_sentence_is_cut_between_words(encoder: Encoder) -> None:
    text = "It grew, " + "and the unquotables of the old town met again, " * 60 + "and that is all."
    passages = split(document(text), encoder)
    assert len(passages) > 1
    assert all(passage.text.endswith(" ") for passage in passages[:-1])


def test_thousands_of_line_feeds_are_kept(encoder: Encoder) -> None:
    text = "\n\none" + "\n" * 5000 + "two\n"
    blocks = (Block("paragraph", 2, 5), Block("paragraph", 5005, 5008))
    whole = Document("id", "T", "t.txt", text, blocks)
    assert "".join(passage.text for passage in split(whole, encoder)) == text


def test_a_heading_opens_a_passage_and_is_named_above_those_that_follow(encoder: Encoder) -> None:
    text = f"# T\n\n{BODY}\n\n## A\n\n{BODY}\n\n### B *b*\n\n{BODY}\n\n## C\n\n{BODY * 20}"
    passages = split(document(text, "notes.md"), encoder)
    assert [(p.text.split("\n")[0][:3], p.headings) for p in passages[:4]] == [
        ("T", ()),
        ("A", ("A",)),
        ("B b", ("A", "B b")),
        ("C", ("C",)),
    ]
    assert len(passages) > 4
    assert all(passage.headings == ("C",) for passage in passages[4:])


def test_a_caption_is_in_no_passage_of_the_text_around_it(encoder: Encoder) -> None:
    captions = "FILE - A man stands here. He waits.\n\nFILE - A woman stands there."
    passages = split(document(f"{BODY}\n\n{captions}\n\n{BODY}"), encoder)
    assert [kinds(passage) for passage in passages] == [
        ["paragraph"],
        ["caption", "caption"],
        ["paragraph"],
    ]


def test_title_and_headings_are_embedded_with_a_passage_and_cut_when_long(encoder: Encoder) -> None:
    passage = Passage("id", 0, 0, BODY, headings=("Part one", "Part two"))
    assert (
        embedded_text("Title", passage, encoder.cut, 256) == f"Title - Part one - Part two\n{BODY}"
    )
    long = embedded_text("word " * 500, passage, encoder.cut, 256)
    assert long == "word " * 62 + "word\n" + BODY
