"""CSV and TSV: rows with the names of their columns, whatever the delimiter."""

import time

import pytest

from ingest.errors import UnreadableFile
from ingest.readers.delimited import read_csv


def texts(text: str, encoding: str = "utf-8") -> list[str]:
    return [block.text for block in read_csv(text.encode(encoding)).blocks]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_text(delimiter: str) -> None:
    rows = [["City", "People"], ["Bern", "134"], ["Chur", "38"]]
    assert texts("\n".join(delimiter.join(row) for row in rows)) == [
        "City: Bern; People: 134",
        "City: Chur; People: 38",
    ]


def test_commas_in_cells_do_not_make_a_delimiter() -> None:
    text = "City;Share;Note\nBern;1,5;old, large\nChur;2,5;older, small, high\n"
    assert texts(text)[0] == "City: Bern; Share: 1,5; Note: old, large"


def test_decimal_commas_do_not_make_a_delimiter() -> None:
    assert texts("1,5;2,5\n1,7;2,9\n") == ["1,5 | 2,5", "1,7 | 2,9"]


def test_quoted_cells_may_have_delimiters_lines_and_quotes() -> None:
    text = 'City,Note\r\nBern,"one, two\r\nthree ""four"""\r\nChur,x\r\n'
    assert texts(text) == ['City: Bern; Note: one, two three "four"', "City: Chur; Note: x"]


def test_rows_of_numbers_have_no_header() -> None:
    assert texts("1,2\n3,4\n") == ["1 | 2", "3 | 4"]


def test_rows_of_different_lengths_are_rows() -> None:
    assert texts("City,People\nBern\nChur,38,high\n") == [
        "City: Bern",
        "City: Chur; People: 38; high",
    ]


def test_one_column_is_read() -> None:
    assert texts("Bern\nChur\n") == ["Bern", "Chur"]


def test_other_encodings_are_read() -> None:
    assert texts("Stadt;Höhe\nZürich;408\n", "cp1252") == ["Stadt: Zürich; Höhe: 408"]
    assert texts("Stadt\tHöhe\nZürich\t408\n", "utf-16") == ["Stadt: Zürich; Höhe: 408"]


def test_binary_data_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="binary"):
        read_csv(b"City,People\nBern,\x00\x01\x02\n")


def test_a_quote_that_never_ends_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="CSV"):
        read_csv(b'City,People\n"' + b"Bern,134\n" * 200_000)


@pytest.mark.parametrize("text", ['"' * 200_000, "'," * 200_000, "a" * 900_000, '"a"b' * 100_000])
def test_odd_text_takes_no_time(text: str) -> None:
    start = time.perf_counter()
    texts(text)
    assert time.perf_counter() - start < 5
