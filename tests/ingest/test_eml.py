"""Mails: who wrote to whom and when stands in the text, and then what was written."""

import base64
import time
from email.message import EmailMessage

import pytest

from ingest.errors import UnreadableFile
from ingest.readers.eml import read_eml

HEAD = b"From: ann@example.org\nSubject: Bridge\n"
FIRST = ("table", "From: ann@example.org")


def mail() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Prüfung der Brücke 橋"
    message["From"] = "Jörg Roe <joerg@example.org>"
    message["To"] = "ann@example.org, ben@example.org"
    message["Cc"] = "Zoë <zoe@example.org>"
    message["Date"] = "Tue, 04 Apr 2023 10:00:00 +0200"
    message.set_content("Dear all,\n\nthe brücke is open again.\n")
    return message


def blocks(data: bytes) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_eml(data).blocks]


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_mail_says_who_wrote_it(line_end: bytes) -> None:
    read = read_eml(mail().as_bytes().replace(b"\n", line_end))
    assert read.title == "Prüfung der Brücke 橋"
    assert read.metadata == {
        "from": "Jörg Roe <joerg@example.org>",
        "to": "ann@example.org, ben@example.org",
        "cc": "Zoë <zoe@example.org>",
        "date": "2023-04-04",
    }
    assert [(block.kind, block.text) for block in read.blocks] == [
        ("table", "From: Jörg Roe <joerg@example.org>"),
        ("table", "To: ann@example.org, ben@example.org"),
        ("table", "Cc: Zoë <zoe@example.org>"),
        ("table", "Date: Tue, 04 Apr 2023 10:00:00 +0200"),
        ("paragraph", "Dear all,"),
        ("paragraph", "the brücke is open again."),
    ]
    assert [block.gap for block in read.blocks[1:]] == ["\n", "\n", "\n", "\n\n", "\n\n"]


def test_plain_text_is_read_before_html_and_attachments_are_named() -> None:
    message = mail()
    message.add_alternative("<p>The <b>same</b> in HTML.</p>", subtype="html")
    message.add_attachment(
        b"%PDF", maintype="application", subtype="pdf", filename="Prüfbericht.pdf"
    )
    message.add_attachment("a,b\n1,2\n", filename="figures.csv")
    forwarded = EmailMessage()
    forwarded["Subject"] = "An older mail"
    forwarded.set_content("Older words.")
    message.add_attachment(forwarded)
    read = read_eml(message.as_bytes())
    assert [block.text for block in read.blocks[4:]] == ["Dear all,", "the brücke is open again."]
    assert read.metadata["attachments"] == "Prüfbericht.pdf, figures.csv, An older mail"


def test_a_forwarded_mail_is_an_attachment_however_it_is_marked() -> None:
    parts = b"--x\n\nMine\n--x\nContent-Type: message/rfc822\n\nSubject: Old\n\nTheirs\n--x--\n"
    read = read_eml(HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n" + parts)
    assert [block.text for block in read.blocks[1:]] == ["Mine"]
    assert read.metadata["attachments"] == "Old"


def test_plain_text_is_read_before_html_in_any_order() -> None:
    parts = (
        b"--x\nContent-Type: text/html\n\n<p>HTML\n--x\nContent-Type: text/plain\n\nPlain\n--x--"
    )
    head = HEAD + b"Content-Type: multipart/alternative; boundary=x\n\n"
    assert blocks(head + parts) == [FIRST, ("paragraph", "Plain")]


def test_html_is_read_where_there_is_nothing_else() -> None:
    message = EmailMessage()
    message["From"] = "ann@example.org"
    message.set_content("<h1>News</h1><p>Café <i>open</i></p>", "html", "latin-1", cte="base64")
    read = read_eml(message.as_bytes())
    assert [(block.kind, block.text) for block in read.blocks] == [
        FIRST,
        ("heading", "News"),
        ("paragraph", "Café open"),
    ]
    assert read.marked_up


def test_html_with_pictures_is_read_beside_an_empty_text() -> None:
    message = EmailMessage()
    message["From"] = "ann@example.org"
    message.set_content(" \n")
    message.add_alternative("<p>In <b>HTML</b></p>", subtype="html")
    html = message.get_payload()[1]  # type: ignore[index]
    html.add_related(b"png", "image", "png", filename="logo.png")  # type: ignore[union-attr]
    read = read_eml(message.as_bytes())
    assert [block.text for block in read.blocks] == ["From: ann@example.org", "In HTML"]
    assert read.metadata["attachments"] == "logo.png"


@pytest.mark.parametrize(
    ("rest", "text"),
    [
        (b"Content-Type: text/plain; charset=klingon\n\nCaf\xc3\xa9", "Café"),
        (b"Content-Type: text/plain; charset=utf-8\n\nCaf\xe9 ok", "Café ok"),
        (b"\nCaf\xe9 = a=20b", "Café = a=20b"),
        (b"Content-Transfer-Encoding: quoted-printable\n\nCaf=E9 =ZZ so=\n ft", "Café =ZZ so ft"),
        (b"Content-Transfer-Encoding: base64\n\nV29yZHM*\n!", "Words"),
        (b"Content-Transfer-Encoding: base64\nContent-Type: text/plain; charset=utf-16\n\n"
         + base64.b64encode("Wörter".encode("utf-16")), "Wörter"),
        (b"Content-Type: text/html\n\n<meta charset=koi8-r><p>" + "Да".encode("koi8-r"), "Да"),
        (b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nWords", "Words"),
        (b"Content-Type: multipart/mixed\n\nWords", "Words"),
        (b"Content-Type: ;;\nContent-Disposition: ;;\n\nWords", "Words"),
        (b"Content-Transfer-Encoding: klingon\n\nWords", "Words"),
        (b"\na\0b", "ab"),
    ],
)  # fmt: skip
def test_damaged_and_odd_mails_are_read(rest: bytes, text: str) -> None:
    assert blocks(HEAD + rest) == [FIRST, ("paragraph", text)]


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        (b"=?utf-8?b?5qmL?=\n =?utf-8?q?_caf=C3=A9?= plain", "橋 café plain"),
        (b"=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café"),
        (b"=?iso-8859-1*fr?q?=E9t=E9?=", "été"),
        (b"=?utf-8?b?a?= x", "=?utf-8?b?a?= x"),
        ("Grüße".encode(), "Grüße"),
        ("Grüße".encode("latin-1"), "Grüße"),
        (b"folded\n and\n\tfolded", "folded and folded"),
        (b'"', '"'),
        (b"<", "<"),
    ],
)
def test_subjects(subject: bytes, title: str) -> None:
    assert read_eml(b"From: a@b.c\nSubject: " + subject + b"\n\nx").title == title


@pytest.mark.parametrize(
    ("date", "day"),
    [("Tue, 4 Apr 2023 23:30:00 -0700", "2023-04-04"), ("soon", "soon"), ("Tue, 99 Foo 1", None)],
)
def test_dates(date: str, day: str | None) -> None:
    read = read_eml(f"From: a@b.c\nDate: {date}\n\nx".encode())
    assert read.metadata["date"] == (day or date)
    assert read.blocks[1].text == f"Date: {date}"


def test_flowed_lines_are_joined() -> None:
    text = b"A long \nline.\n\n> quoted \n> on \n>> deeper \nback \n-- \nAnn \nRoe"
    read = blocks(HEAD + b"Content-Type: text/plain; format=flowed\n\n" + text)
    joined = ["A long line.", "> quoted on", ">> deeper", "back", "--", "Ann Roe"]
    assert [text for _, text in read[1:]] == joined
    text = b"ab \ncd"
    read = blocks(HEAD + b"Content-Type: text/plain; format=flowed; delsp=yes\n\n" + text)
    assert read[1:] == [("paragraph", "abcd")]


@pytest.mark.parametrize(
    "disposition",
    [
        b"attachment; filename=\"=?utf-8?q?Pr=C3=BCf.pdf?=\"",
        b"attachment; filename*=utf-8''Pr%C3%BCf.pdf",
        b"inline; filename*0*=utf-8''Pr%C3; filename*1*=%BCf.pdf",
    ],
)  # fmt: skip
def test_names_of_attachments_are_decoded(disposition: bytes) -> None:
    data = HEAD + b"Content-Type: application/pdf\nContent-Disposition: " + disposition + b"\n\nx"
    assert read_eml(data).metadata["attachments"] == "Prüf.pdf"


def test_a_mail_may_have_a_mark_before_it() -> None:
    for mark in (b"\xef\xbb\xbf", b"\n\n", b"From a@b.c Tue Apr  4 10:00:00 2023\n"):
        assert blocks(mark + HEAD + b"\nWords") == [FIRST, ("paragraph", "Words")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Just some text.\nWith: a colon\n", "no mail"),
        (b"Note: this is none\n\nWords", "no mail"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no mail"),
        (b"", "no mail"),
        (HEAD + b"Content-Type: application/pkcs7-mime; name=smime.p7m\n\nabc", "encrypted"),
        (
            HEAD
            + b"".join(
                b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n)
                for n in range(3000)
            ),
            "nested too deeply",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read_eml(data)


@pytest.mark.parametrize(
    "data",
    [
        HEAD + b"\n" + b"Words of a mail.\n" * 300_000,
        b"To: " + b", ".join(b"P <p%d@example.org>" % n for n in range(200_000)) + b"\n\nx",
        b"Subject: " + b"\n ".join(b"=?utf-8?q?caf=C3=A9?=" for _ in range(300_000)) + b"\n\nx",
        b"Subject: " + b"=?a?q?" * 800_000 + b"\n\nx",
        HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"words here \n" * 400_000,
    ],
    ids=["lines", "addressees", "encoded words", "half an encoded word", "flowed"],
)
def test_five_megabytes_take_seconds(data: bytes) -> None:
    started = time.process_time()
    read_eml(data)
    assert time.process_time() - started < 5
