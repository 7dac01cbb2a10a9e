"""The encoding of a page, chapter or part of a mail: what it says, if that is true."""

import codecs
import re

from ingest.readers.text import decode, normalise

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_WESTERN = {"iso-8859-1", "iso8859-1", "latin-1", "latin1", "ascii", "us-ascii", "windows-1252"}
_WIDER = {
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
}  # pages name the older, smaller set
_NO_CHARSET = re.compile(r"punycode|idna|undefined|(?:raw_)?unicode_escape|utf-?(?:16|32)", re.I)


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page's first lines name."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else None


def decode_as(data: bytes, charset: str | None) -> str:
    """Text in the encoding it says it is in, if that is true; else as `decode` finds out."""
    name = (charset or "").lower()
    if b"\0" in data or data.startswith(codecs.BOM_UTF8) or _NO_CHARSET.match(name):
        return decode(data)
    # What calls itself Western and is valid UTF-8 is UTF-8.
    for encoding in ("utf-8", "cp1252") if name in _WESTERN else (_WIDER.get(name, name),):
        try:
            return normalise(data.decode(encoding))
        except (LookupError, ValueError):
            continue
    return decode(data)
