"""Cleaning: what surrounds an article goes and is reported, what belongs to it stays."""

from pathlib import Path

import pytest

from ingest.canonical import Reading, read_document
from ingest.errors import UnreadableFile

BODY = "The council met on Tuesday. It agreed on a new budget for the schools of the city."
CAPTION = "The mayor of the town speaks at the old gate."


def read(*paragraphs: str, source: str = "notes.txt") -> Reading:
    return read_document("id", source, "\n\n".join(paragraphs).encode())


def blocks(reading: Reading) -> list[tuple[str, str]]:
    document = reading.document
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_navigation_before_the_title_and_labels_at_the_end_go_and_are_reported() -> None:
    reading = read("Home", "World | Asia | China", "New budget agreed", BODY, "Share\nXS\nSM\nMD")
    assert reading.document.text == f"New budget agreed\n\n{BODY}"
    assert reading.document.title == "New budget agreed"
    assert [(dropped.reason, dropped.text) for dropped in reading.dropped] == [
        ("navigation before the title", "Home"),
        ("navigation before the title", "World | Asia | China"),
        *[("page labels at the end", label) for label in ("Share", "XS", "SM", "MD")],
    ]


def test_labels_inside_the_body_stay() -> None:
    reading = read(
        "New budget agreed", BODY, "Share", "XS", "World | Asia | China", BODY + " Again."
    )
    assert reading.dropped == ()
    assert [text for _, text in blocks(reading)][2:5] == ["Share", "XS", "World | Asia | China"]


@pytest.mark.parametrize(
    "end", ["Share of voters: 51 %", "Home is where we live.", "Top 10", "XS."]
)
def test_a_last_line_that_only_begins_like_a_label_stays(end: str) -> None:
    assert read("New budget agreed", BODY, end).document.text.endswith(end)


@pytest.mark.parametrize("kind", ["notes.md", "notes.txt"])
def test_a_table_at_the_end_is_no_navigation(kind: str) -> None:
    table = "Name | Age | City\n--- | --- | ---\nRoe | 30 | Bern\nDoe | 40 | Chur"
    reading = read("# People", BODY, table, source=kind)
    assert "Roe | 30 | Bern" in reading.document.text
    assert "Doe | 40 | Chur" in reading.document.text


def test_equal_rows_of_a_table_both_stay() -> None:
    table = "| Day | Rain | Wind |\n|---|---|---|\n| dry | 0 mm | 3 km |\n| dry | 0 mm | 3 km |"
    reading = read("# Weather", table, BODY, source="weather.md")
    assert [kind for kind, _ in blocks(reading)] == [
        "title",
        "table",
        "table",
        "table",
        "paragraph",
    ]


@pytest.mark.parametrize("times", [2, 3])
def test_a_repeated_caption_stands_once_as_a_caption(times: int) -> None:
    reading = read("New budget agreed", "\n".join([CAPTION] * times), BODY)
    assert blocks(reading)[1:] == [("caption", CAPTION), ("paragraph", BODY)]
    assert [dropped.reason for dropped in reading.dropped] == ["repeated caption"] * (times - 1)


def test_short_lines_may_repeat() -> None:
    reading = read("Song", "Row the boat.", "Row the boat.", BODY)
    assert [text for _, text in blocks(reading)] == ["Song", "Row the boat.", "Row the boat.", BODY]


@pytest.mark.parametrize(
    "text",
    [
        f"FILE - {CAPTION}",
        f"File photo: {CAPTION}",
        f"Photo – {CAPTION}",
        f"{CAPTION} (AP Photo/Jane Roe)",
        f"{CAPTION} (Jane Roe/Getty Images)",
        f"{CAPTION} (John Doe/AFP)",
    ],
)
def test_lines_with_a_credit_are_captions(text: str) -> None:
    assert blocks(read("New budget agreed", text, BODY))[1] == ("caption", text)


@pytest.mark.parametrize(
    "text", [CAPTION, "Profile - the new mayor.", "He took a photo (of a gate)."]
)
def test_other_lines_are_no_captions(text: str) -> None:
    assert blocks(read("New budget agreed", text, BODY))[1] == ("paragraph", text)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("What the council said", "heading"),
        ("It ends with a mark.", "paragraph"),
        ("It ends with a colon:", "paragraph"),
        ("in lower case", "paragraph"),
        ("2019", "paragraph"),
        ("A line of far more words than any heading above a text has", "paragraph"),
    ],
)
def test_in_plain_text_a_short_line_without_an_end_mark_is_a_heading(line: str, kind: str) -> None:
    assert blocks(read("New budget agreed", BODY, line, BODY + " Again."))[2] == (kind, line)


def test_a_line_before_the_end_or_before_a_shorter_one_is_no_heading() -> None:
    reading = read("New budget agreed", BODY, "Written by Jane Roe", "Bern, May", "Her colleague")
    assert {kind for kind, _ in blocks(reading)[1:]} == {"paragraph"}


@pytest.mark.parametrize(
    ("text", "source", "title"),
    [
        (f"New budget agreed\n\n{BODY}", "a.txt", "New budget agreed"),
        (BODY, "reports/annual-report_2021.txt", "annual report 2021"),
        ("Just one line", "a_line.txt", "a line"),
        (f"# Budget *agreed*\n\n{BODY}", "a.md", "Budget agreed"),
        (f"---\ntitle: The budget\n---\n# Agreed\n\n{BODY}", "a.md", "The budget"),
        (f"{BODY}\n\n# Late", "plain_start.md", "plain start"),
        (f"## Second level\n\n{BODY}", "a.md", "a"),
        ("New budget\nagreed\n======\n\nYes.", "a.md", "New budget agreed"),
    ],
)
def test_the_title_is_the_first_heading_or_else_the_file_name(
    text: str, source: str, title: str
) -> None:
    assert read_document("id", source, text.encode()).document.title == title


@pytest.mark.parametrize(
    ("text", "source", "reason"),
    [
        ("Share\n\nXS\nSM", "a.txt", "no text"),
        ("---\n\n...", "a.txt", "no text"),
        (" \n\n", "a.txt", "empty"),
        ("", "a.md", "empty"),
        ("Words.", "a.xyz", "no reader for .xyz"),
        ("Words.", "README", "no reader for files without a suffix"),
    ],
)
def test_what_cannot_become_a_document_says_why(text: str, source: str, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read_document("id", source, text.encode())


def test_the_seed_article_is_its_title_its_captions_once_and_its_text() -> None:
    (path,) = Path("seeds").glob("*.txt")
    raw = path.read_bytes()
    reading = read_document("id", path.name, raw)
    text = reading.document.text
    title = "UN Rapporteur Finds Evidence of Forced Labor in Xinjiang, Tibet"
    assert reading.document.title == title
    assert text.startswith(f"{title}\n\nFILE - Residents line up")
    assert text.endswith("fighting against forced labor.”")
    captions = [line for kind, line in blocks(reading) if kind == "caption"]
    assert len(captions) == 3
    assert all(line.startswith("FILE - ") and text.count(line) == 1 for line in captions)
    headings = [line for kind, line in blocks(reading) if kind == "heading"]
    assert headings == ["Response from US", "Response from China"]
    kept = [line for _, line in blocks(reading)] + [dropped.text for dropped in reading.dropped]
    assert sorted(kept) == sorted(line for line in raw.decode().splitlines() if line)


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Mayor to open new bridge in May",
        "RELATED: What the budget means for schools",
        "Also read | Five facts about the river",
        "Sign up for our morning newsletter",
        "Subscribe to our YouTube channel and get the news first.",
        "Follow us on Facebook and Instagram",
        "Get the day's stories in your inbox, free of charge.",
    ],
)
def test_links_to_other_articles_and_offers_between_paragraphs_go(line: str) -> None:
    reading = read("New budget agreed", BODY, line, BODY.replace("Tuesday", "Friday"))
    assert line not in reading.document.text
    assert [dropped.text for dropped in reading.dropped] == [line]
    assert "Friday" in reading.document.text


def test_headlines_under_related_stories_go_up_to_the_next_text() -> None:
    teasers = ["Related stories", "Mayor opens bridge", "- River floods again", "Schools reopen"]
    reading = read("New budget agreed", BODY, *teasers, BODY.replace("Tuesday", "Friday"))
    assert [dropped.text for dropped in reading.dropped] == teasers
    assert {dropped.reason for dropped in reading.dropped} == {"link to another article"}


@pytest.mark.parametrize(
    "line",
    [
        "Related work is described by many authors in the last section.",
        "Read more than one book a month and you will know more.",
        "Get the pump from the store and join its two halves.",
        "Subscribe to the queue with the client's own method.",
        "Related stories were told by both of the sailors.",
        "WASHINGTON (AP) — The council met on Tuesday to talk about the new budget.",
        "GENEVA, 4 March (Reuters) - Talks on the treaty went on for a third day.",
    ],
)
def test_lines_that_only_begin_like_furniture_and_datelines_stay(line: str) -> None:
    reading = read("New budget agreed", BODY, line, BODY.replace("Tuesday", "Friday"))
    assert line in reading.document.text
    assert reading.dropped == ()


def test_in_markdown_related_links_are_the_authors_own() -> None:
    text = f"# Tool\n\n{BODY}\n\n## Related\n\n- Other tool\n- Read more: the manual\n"
    reading = read_document("id", "a.md", text.encode())
    assert reading.dropped == ()
    assert "Read more: the manual" in reading.document.text
