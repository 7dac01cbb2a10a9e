"""Bytes to text: encodings, line ends, control characters, Unicode form."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.readers.text import decode, normalise

WESTERN = "The café’s owner, a naïve man, paid 5 € for it. “It’s fair,” he said to Zoë in Zürich."
GERMAN = "Das Mädchen ging über die Straße. Es war ein schöner, kühler Tag, und die Bäume grünten."
FRENCH = "Le café est fermé à cause de la grève. L’élève a été très déçu par l’hôtel. Ça va ? "
POLISH = (
    "Żółta łódź płynie po rzece. Święta są w grudniu, a zima jest długa i mroźna. "
    "Ludzie chodzą do kościoła i śpiewają kolędy przy stole. "
)
RUSSIAN = "Доклад опубликован во вторник. Права человека должны соблюдаться во всех странах мира."
JAPANESE = "報告書は火曜日に発表されました。人権はすべての国で尊重されなければなりません。"


@pytest.mark.parametrize("text", [WESTERN, GERMAN, RUSSIAN, JAPANESE, "a 👩‍👩‍👧 b", "x"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_unicode_is_read_with_and_without_its_mark(text: str, mark: bytes, encoding: str) -> None:
    assert decode(mark + text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "latin-1"),
        (GERMAN, "cp1252"),
        (WESTERN, "cp1252"),
        (RUSSIAN, "cp1251"),
        (JAPANESE, "shift-jis"),
        ("Zürich", "latin-1"),
        ("She ordered a café au lait.", "latin-1"),
        ("It’s a “special” day.", "cp1252"),
        (WESTERN * 20, "cp1252"),
        (FRENCH * 5, "cp1252"),
        (POLISH * 5, "cp1250"),
        ("Nothing would change here for a long time. " * 40 + "The café’s naïve owner.", "cp1252"),
    ],
)
def test_text_in_an_older_encoding_keeps_its_letters(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "data",
    [
        b"many words and only one \0 byte among them",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        bytes(range(256)),
        b"\x01\x02\x03 a few letters",
    ],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="binary"):
        decode(data)


def test_a_file_that_breaks_its_own_mark_is_refused_by_byte() -> None:
    with pytest.raises(UnreadableFile, match="utf-8, but not valid at byte 2"):
        decode(codecs.BOM_UTF8 + b"ab\xff")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_a_line_feed(end: str) -> None:
    text = f"The first line.{end}The second line of the text.{end}{end}The last line, after a gap."
    assert decode(text.encode()) == text.replace(end, "\n")


def test_control_characters_and_inner_marks_go_and_tabs_stay() -> None:
    text = "a\tb" + "long enough " * 20 + "\x07\x1b\x7f\x9f\ufeffend"
    assert decode(text.encode()) == "a\tb" + "long enough " * 20 + "end"


def test_a_lone_surrogate_becomes_something_that_can_be_stored() -> None:
    assert normalise("a\ud800b").encode() == b"a?b"


def test_letters_and_their_marks_are_composed() -> None:
    assert decode("Cafe\u0301".encode()) == "Café"


@given(st.text(st.characters() | st.sampled_from("e\u0301\u0327\u1100\u1161\u11a8\r\n\x85\ufeff")))
def test_normalise_is_idempotent_and_leaves_what_can_be_encoded(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert once.encode().decode() == once
    assert "\r" not in once and "\0" not in once
