"""Web pages: the article's words as the page shows them, and nothing around it."""

import random
import time

import pytest

from ingest.errors import UnreadableFile
from ingest.readers.html import html_blocks, read_html

NEWS = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Harbour bridge reopens | The Example</title>
<meta name="author" content="Jane Roe">
<meta property="article:published_time" content="2023-04-05T10:00:00Z">
<link rel="canonical" href="https://news.example.org/harbour-bridge">
<meta property="og:site_name" content="The Example">
<style>.x { color: red }</style><script>var words = "tracking words";</script></head><body>
<header class="top"><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
</header>
<div id="cookie-banner" class="cookie-consent"><p>We use cookies to improve your visit to this
site. Accept all of them or choose.</p><button>Accept all</button></div>
<main><article>
<h1>Harbour bridge reopens after <em>two</em> years</h1>
<div class="share-bar"><a href="#">Share on a network</a> <a href="#">Send</a></div>
<p>The <strong>harbour bridge</strong> reopened on Monday after a closure of two years, the
city&nbsp;council said.<br>Traffic flowed <i>freely</i> by <b>noon</b>, <a>police said</a>.</p>
<figure><img src="a.jpg" alt="The bridge"><figcaption>Cars cross the bridge on Monday morning.
<span>Photo: A. Smith</span></figcaption></figure>
<h2>Why it was closed</h2>
<p>Engineers found cracks in <em>three</em> of the pillars during an inspection in March 2021. They
said that repairs could not wait.</p>
<div class="ad-slot advertisement"><p>Advertisement: fine shoes, today only</p></div>
<ul><li>The north pillar, which had the <b>deepest</b> crack
<ul><li>It was 4 m long.</li><li>It took a year to fill.</li></ul></li>
<li>The south pillar</li></ul>
<ol><li><p>First the concrete was <i>removed</i>.</p></li>
<li><p>Then steel was placed.</p></li></ol>
<blockquote><p>“We are proud of this work,” said the mayor, <cite>Ann Lee</cite>.</p></blockquote>
<h3>Costs by year</h3>
<table><caption>Costs of the repair</caption><thead><tr><th>Year</th><th>Cost</th></tr></thead>
<tbody><tr><td>2021</td><td>3.5 million</td></tr><tr><td>2022</td><td><b>4.1</b> million</td></tr>
</tbody></table>
<pre><code>toll = 2 * axles
if truck:
    toll += 5</code></pre>
<p style="display:none">Hidden words of the page that nobody sees on it</p>
<section class="related-stories"><h3>Related stories</h3><ul>
<li><a href="/a">Ferry service ends after long dispute over wages</a></li>
<li><a href="/b">Council elections: what you need to know now</a></li></ul></section>
<p>The bridge was built in 1932 and carries 40,000 cars each day. It will be inspected again.</p>
</article>
<section id="comments" class="comments"><h3>Comments</h3><div class="comment"><p>Great news! I
have waited so long for this.</p></div></section></main>
<aside><h3>Most read</h3><ol><li><a href="/1">Storm warning issued</a></li></ol></aside>
<footer><p>© 2023 The Example. All rights reserved.</p></footer></body></html>"""


def shown(html: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in html_blocks(html)]


def read(data: bytes) -> list[str]:
    return [block.text for block in read_html(data).blocks]


def test_a_news_page_becomes_its_article() -> None:
    page = read_html(NEWS.encode())
    assert [(block.kind, block.level, block.text) for block in page.blocks] == [
        ("heading", 1, "Harbour bridge reopens after two years"),
        (
            "paragraph",
            0,
            "The harbour bridge reopened on Monday after a closure of two years, the city council"
            " said. Traffic flowed freely by noon, police said.",
        ),
        ("caption", 0, "Cars cross the bridge on Monday morning. Photo: A. Smith"),
        ("heading", 2, "Why it was closed"),
        (
            "paragraph",
            0,
            "Engineers found cracks in three of the pillars during an inspection in March 2021."
            " They said that repairs could not wait.",
        ),
        ("list_item", 0, "The north pillar, which had the deepest crack"),
        ("list_item", 0, "It was 4 m long."),
        ("list_item", 0, "It took a year to fill."),
        ("list_item", 0, "The south pillar"),
        ("list_item", 0, "First the concrete was removed."),
        ("list_item", 0, "Then steel was placed."),
        ("paragraph", 0, "“We are proud of this work,” said the mayor, Ann Lee."),
        ("heading", 3, "Costs by year"),
        ("caption", 0, "Costs of the repair"),
        ("table", 0, "Year: 2021; Cost: 3.5 million"),
        ("table", 0, "Year: 2022; Cost: 4.1 million"),
        ("code", 0, "toll = 2 * axles\nif truck:\n    toll += 5"),
        (
            "paragraph",
            0,
            "The bridge was built in 1932 and carries 40,000 cars each day. It will be inspected"
            " again.",
        ),
    ]


def test_a_page_says_who_wrote_it_when_and_where() -> None:
    page = read_html(NEWS.encode())
    assert page.title == "Harbour bridge reopens after two years"
    assert page.marked_up
    assert page.metadata == {
        "author": "Jane Roe",
        "date": "2023-04-05",
        "url": "https://news.example.org/harbour-bridge",
        "site": "The Example",
    }


def test_a_page_that_says_nothing_of_itself_has_no_metadata() -> None:
    page = read_html(b"<p>Opened on 3 May 1999, as a sign says. (c) 2020</p>")
    assert page.title is None
    assert page.metadata == {}


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>a<b>b<i>c</i></b>d <u> e </u> f</p>", "abcd e f"),
        ("<p>H<sub>2</sub>O and <span>spans</span><span>joined</span></p>", "H2O and spansjoined"),
        ("<p>one<br>two <br/> three</p>", "one two three"),
        ("<p>wo<!-- comment -->rd</p>", "word"),
        ("<p>so&shy;ft, wi<wbr>de</p>", "soft, wide"),
        ("<p>e&#x301; &lt;x&gt; a&nbsp;b\r\n\tc</p>", "é <x> a b c"),
        ("<p>ab<span hidden>no</span>c</p>", "abc"),
        ("<p>a <i style='color:red; DISPLAY : none'>no</i>b</p>", "a b"),
    ],
)
def test_words_are_as_on_the_page(html: str, words: str) -> None:
    assert shown(html) == [("paragraph", words)]


@pytest.mark.parametrize("tag", ["script", "style", "template", "noscript", "svg", "dialog"])
def test_what_a_page_does_not_show_is_no_text(tag: str) -> None:
    assert shown(f"<p>Words</p><{tag}>Other words</{tag}><p>go on</p>") == [
        ("paragraph", "Words"),
        ("paragraph", "go on"),
    ]


def test_all_of_a_body_includes_what_is_around_an_article() -> None:
    html = "<nav>Home</nav><aside>A note</aside><p>Words</p><footer>The end</footer>"
    assert [text for _, text in shown(html)] == ["Home", "A note", "Words", "The end"]


def test_elements_closed_as_in_xml_hold_nothing() -> None:
    html = '<?xml version="1.0"?><html><body><p><a id="a"/>One <script src="x"/>two</p><i/>three'
    assert [text for _, text in shown(html)] == ["One two", "three"]


@pytest.mark.parametrize(
    ("rows", "texts"),
    [
        (
            "<tr><th rowspan=2>City<th colspan=2>People<tr><th>Men<th>Women"
            "<tr><td rowspan=2>Bern<td>1<td>2<tr><td>3<td>4<tr><td colspan=2>all<td>6",
            [
                "City: Bern; People Men: 1; People Women: 2",
                "City: Bern; People Men: 3; People Women: 4",
                "City: all; People Women: 6",
            ],
        ),
        ("<tr><td>Built<td>1932<tr><td>Length<td>402 m", ["Built | 1932", "Length | 402 m"]),
        ("<tr><th>Built<td>1932<tr><th>Length<td>402 m", ["Built | 1932", "Length | 402 m"]),
        ("<tr><td>1<br>x<td><ul><li>2<li>3</ul><tr><th>a<th>b", ["1 x | 2 3", "a | b"]),
        ("<tr><th colspan=2>Year 1<tr><th>A<th>B<tr><td>1<td>2", ["Year 1", "A: 1; B: 2"]),
        ("<tr><th colspan=999999999999>x<th rowspan=-1>y<tr><td colspan=a>1", ["x: 1"]),
    ],
)
def test_values_stand_beside_the_names_the_page_gives_them(rows: str, texts: list[str]) -> None:
    assert [text for _, text in shown(f"<table>{rows}</table>")] == texts


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    html = """<table><tr><td><h1>Title</h1><p>One.</td><td><ul><li>item</ul>
      <table><tr><th>A<th>B<tr><td>1<td>2</table></td></tr></table>"""
    expected = [("heading", "Title"), ("paragraph", "One."), ("list_item", "item")]
    assert shown(html) == [*expected, ("table", "A: 1; B: 2")]
    assert read(html.encode()) == ["Title", "One.", "item", "A: 1; B: 2"]


def test_a_short_page_is_read_without_its_furniture() -> None:
    html = """<html><body><nav><a>Home</a></nav><div class="cookie-banner">We use cookies. OK?</div>
      <main><h1>Hours</h1><p>Open from 9 to 5.</p></main><footer>2023</footer></body></html>"""
    assert read(html.encode()) == ["Hours", "Open from 9 to 5."]


def test_a_short_page_that_marks_no_main_part_is_read_without_its_furniture() -> None:
    html = """<html><body class="with-sidebar">
      <div class="site-cookie-note">We use cookies. OK?</div>
      <div id="ad_top">Buy shoes</div><header><h1>Hours</h1></header><header>Open!</header>
      <div class="shared"><p>Open from 9 to 5.</p></div><div role="search">Find</div>"""
    assert read(html.encode()) == ["Hours", "Open from 9 to 5."]


def test_a_page_inside_a_form_is_not_lost() -> None:
    assert read(b"<body><form><p>All of this page is in a form.</p></form>") == [
        "All of this page is in a form."
    ]


def test_text_of_a_script_never_stands_in_for_the_page() -> None:
    body = "The text that only a program sees is long enough to be an article. " * 20
    script = f'<script type="application/ld+json">{{"articleBody": "{body}"}}</script>'
    assert read(f"<html><head>{script}</head><body><p>Short.</p></body></html>".encode()) == [
        "Short."
    ]


@pytest.mark.parametrize(
    ("declaration", "encoding", "words"),
    [
        ('<meta charset="iso-8859-1">', "cp1252", "Crème “brûlée”"),
        ('<meta charset="iso-8859-1">', "utf-8", "Crème brûlée"),
        (
            "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>",
            "cp1251",
            "Да",
        ),
        ("<meta charset=Shift_JIS>", "cp932", "日本語①"),
        ("<meta charset=gb2312>", "gb18030", "中文镕"),
        ('<?xml version="1.0" encoding="iso-8859-2"?>', "iso-8859-2", "Zażółć"),
        ('<meta charset="klingon">', "utf-8", "Café"),
        ('<meta charset="punycode">', "utf-8", "Coffee"),
        ('<meta charset="utf-16">', "utf-8", "Coffee"),
        ("", "utf-16", "Wörter"),
        ("", "utf-8-sig", "Wörter"),
    ],
)
def test_encodings(declaration: str, encoding: str, words: str) -> None:
    assert read(f"{declaration}<p>{words}</p>".encode(encoding)) == [words]


@pytest.mark.parametrize("data", [b"", b" \n", b"<!-- nothing -->", b"<html></html>", b"<br>"])
def test_a_page_without_text_has_no_blocks(data: bytes) -> None:
    assert read_html(data).blocks == ()


def test_bytes_that_are_no_page_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="binary"):
        read_html(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")


def test_nothing_nested_is_left_out_in_silence() -> None:
    assert read(b"<div>" * 1000 + b"deep words") == ["deep words"]
    with pytest.raises(UnreadableFile, match="nested too deeply"):
        read_html(b"<div>" * 5000 + b"deep words")


@pytest.mark.parametrize(
    "page",
    [
        b'<script type="application/ld+json">{"a":' + b"[" * 50_000 + b"</script><p>Words",
        b"<p>Words</p></table></div></p></li><table><tr>",
        b"<frameset><noframes>Words",
        b"<p>Words<? php ?><![CDATA[ x ]]>",
        b"Words",
    ],
)
def test_odd_pages_are_read(page: bytes) -> None:
    assert read(page) == ["Words"]


def test_five_megabytes_take_no_longer_than_their_size() -> None:
    words = random.Random(1).choices([f"word{n}" for n in range(5000)], k=600_000)

    def seconds(share: int) -> float:
        some = words[: len(words) // share]
        parts = [" ".join(some[at : at + 40]) for at in range(0, len(some), 40)]
        html = "".join(f"<p>{part}</p><ul><li>{part[:20]}</ul>" for part in parts)
        started = time.process_time()
        html_blocks(f"<table><tr><th>{'<td rowspan=50 colspan=50>x' * 999}</table>{html}")
        return time.process_time() - started

    small = seconds(8)
    assert seconds(1) < 20 * small + 1
