"""What a browser loads of the service: little, compressed, and once."""

import re
from html.parser import HTMLParser

import httpx
import pytest

MOST_BYTES = 60_000
_IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*["'](/static/[^"']+)["']""")  # at once, not import()
_COMPRESSED = {"Accept-Encoding": "gzip"}


class _Linked(HTMLParser):
    """Files that a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        named = {"script": given.get("src"), "link": given.get("href")}.get(tag)
        if named:
            self.found.append(named)


def transferred(client: httpx.Client, path: str) -> tuple[int, str]:
    """The bytes that a file's body takes on the way, and the text they stand for."""
    with client.stream("GET", path, headers=_COMPRESSED) as response:
        assert response.status_code == 200, path
        text = response.read().decode()
        return response.num_bytes_downloaded, text


def loaded(client: httpx.Client, page: str) -> dict[str, int]:
    """The bytes of a page and of all it loads before anyone uses it."""
    sizes: dict[str, int] = {}
    waiting = [page]
    while waiting:
        path = waiting.pop()
        if path in sizes:
            continue
        sizes[path], text = transferred(client, path)
        if path.endswith((".js", ".mjs")):
            waiting += _IMPORT.findall(text)
        elif not path.endswith((".css", ".svg")):
            linked = _Linked()
            linked.feed(text)
            waiting += linked.found
    return sizes


def test_the_chat_page_is_light(client: httpx.Client) -> None:
    sizes = loaded(client, "/")
    assert {"/static/chat.js", "/static/page/dom.js", "/static/page/base.css"} <= set(sizes)
    assert sum(sizes.values()) < MOST_BYTES, sorted(sizes.items(), key=lambda one: -one[1])


@pytest.mark.parametrize("path", ["/", "/documents/any?start=1&end=2", "/static/chat.js"])
def test_what_has_not_changed_is_not_sent_again(client: httpx.Client, path: str) -> None:
    first = client.get(path)
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "no-cache"
    unchanged = {"If-Modified-Since": first.headers["last-modified"]}
    assert client.get(path, headers=unchanged).status_code == 304


@pytest.mark.parametrize("path", ["/static/chat.js", "/openapi.json"])
def test_who_cannot_unpack_gets_it_as_it_is(client: httpx.Client, path: str) -> None:
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    packed = client.get(path, headers=_COMPRESSED)
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content


def test_answers_are_not_held_up_by_compression(client: httpx.Client) -> None:
    body = {"question": "Who is Chen Xu?", "stream": True}
    with client.stream("POST", "/v1/ask", json=body, headers=_COMPRESSED) as response:
        assert "content-encoding" not in response.headers
        response.read()
