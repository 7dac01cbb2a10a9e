"""Uploads and addresses made to do harm: they come to nothing, and cost themselves only."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests.conftest import serving
from tests.service.hostile_documents import ATTACK, BOMBS
from tests.service.uploading_files import upload

FACT = b"The lighthouse of Brimholm is 47 metres tall.\n"
QUESTION = {"question": "How tall is the lighthouse of Brimholm?"}


@pytest.fixture(scope="module")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile-uploads") / "data" / "uploads"


@pytest.fixture(scope="module")
def server(uploads: Path) -> Iterator[httpx.Client]:
    with serving(uploads.parent / "index", uploads=str(uploads)) as server:
        upload(server, ("fact.txt", FACT))
        yield server


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd.txt",
        "..\\..\\x.txt",
        "%2e%2e%2fx.txt",
        "....//....//x.txt",
        "C:\\Windows\\x.txt",
        "//host/share/x.txt",
        "CON.txt",
        "-rf.txt",
        "a\nb\r\nc.txt",
        "tab\tand\x1b[31mred\x07.txt",
        "$(touch x);`x`.txt",
        f"{ATTACK}.txt",
        "\u202etxt.exe.txt",
        "~root.txt",
        "ü" * 90 + ".txt",
    ],
)
def test_a_name_stays_a_name_in_its_folder(server: httpx.Client, uploads: Path, name: str) -> None:
    words = f"The word of the day is {abs(hash(name))}.".encode()
    job = upload(server, (name, words))
    assert (job["state"], job["skipped"]) == ("done", [])
    (kept,) = job["files"]
    assert not set("/\\\n\r\t\x1b\x07") & set(kept)
    assert not kept.startswith(".")
    assert (uploads / kept).read_bytes() == words
    outside = [path.name for path in uploads.parent.parent.rglob("*.txt") if path.parent != uploads]
    assert outside == []


@pytest.mark.parametrize("name", ["", ".", "..", "....", "/", "\\", "\u00e9" * 130])
def test_what_is_no_name_is_refused(server: httpx.Client, uploads: Path, name: str) -> None:
    sent = server.post("/v1/documents", files=[("files", (name, FACT))])
    assert sent.status_code == 422
    assert sent.headers["content-type"] == "application/problem+json"


def test_bombs_are_refused_and_what_comes_with_them_goes_in(server: httpx.Client) -> None:
    job = upload(server, *BOMBS.items(), ("after.txt", b"The mill of Aune is made of oak."))
    reasons = {skipped["file"]: skipped["reason"] for skipped in job["skipped"]}
    assert "after.txt" in job["added"]
    assert reasons.keys() >= {"laugh.docx", "laugh.epub", "laugh.svg", "bomb.docx"}
    listed = server.get("/v1/documents").json()["documents"]
    assert max(document["characters"] for document in listed) < 1000
    assert "zip bomb" in reasons["bomb.docx"]
    assert reasons["laugh.svg"].startswith("no reader")
    assert server.post("/v1/ask", json=QUESTION).json()["citations"]


def raw(server: httpx.Client, request: str) -> tuple[int, str]:
    """Status and body of a request whose address no client library has put in order."""
    host, port = server.base_url.host, server.base_url.port or 80
    with socket.create_connection((host, port), timeout=20) as connection:
        head = f"{request} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode("utf-8", "replace")
    return int(answer.split()[1]), answer


@pytest.mark.parametrize("method", ["GET", "DELETE"])
@pytest.mark.parametrize(
    "place",
    [
        "/v1/documents/../../../../etc/passwd",
        "/v1/documents/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/v1/documents/%2e%2e/%2e%2e/etc/passwd",
        "/v1/documents/..%5c..%5cfact.txt",
        "/v1/documents/fact.txt%00",
        "/v1/jobs/../../etc/passwd",
        "/v1/jobs/..%2f..%2fetc%2fpasswd",
        "/v1/jobs/%00",
        "/v1/jobs/" + quote("' OR 1=1 --"),
        "/static/../settings/access.py",
        "/static/..%2fsettings%2faccess.py",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/static/..%5c..%5cpyproject.toml",
        "/static//etc/passwd",
        "/static/%00",
        "//etc/passwd",
    ],
)
def test_an_address_leads_to_no_file(
    server: httpx.Client, uploads: Path, method: str, place: str
) -> None:
    status, answer = raw(server, f"{method} {place}")
    assert status in (400, 404, 405, 422), answer[:200]
    assert not {"root:x:", "BaseSettings", "[project]"} & set(answer.replace("\n", " ").split())
    assert "root:" not in answer
    assert (uploads / "fact.txt").read_bytes() == FACT


def test_a_page_of_no_document_is_the_page_alone(server: httpx.Client) -> None:
    status, answer = raw(server, "GET /documents/..%2f..%2fetc%2fpasswd")
    assert status in (200, 404)
    assert "root:" not in answer


def test_everything_that_is_sent_has_the_policy(server: httpx.Client) -> None:
    document = server.get("/v1/documents").json()["documents"][0]["document_id"]
    asked = json.dumps(QUESTION | {"stream": True})
    responses = [
        *(
            server.get(path)
            for path in (
                *("/", "/docs", "/openapi.json", "/healthz", "/readyz", "/metrics"),
                *("/static/chat.js", "/static/none.js", "/documents/any", "/none"),
                *("/v1/documents", f"/v1/documents/{document}", "/v1/documents/none"),
                *("/v1/jobs/none", "/v1/search?q=mill", "/v1/search", "/v1/models"),
            )
        ),
        server.post("/v1/ask", json=QUESTION),
        server.post("/v1/ask", content=asked, headers={"content-type": "application/json"}),
        server.post("/v1/ask", content=b"{"),
        server.delete("/v1/documents/none"),
        server.get("/", headers={"host": "evil.example"}),
        server.post("/v1/ask", json=QUESTION, headers={"origin": "https://evil.example"}),
        server.request("OPTIONS", "/v1/ask"),
    ]
    for response in responses:
        policy = response.headers.get("content-security-policy", "")
        told = f"{response.request.method} {response.url} {response.status_code}"
        assert {"default-src 'self'", "base-uri 'none'"} <= set(policy.split("; ")), told
        assert "unsafe" not in policy and "*" not in policy, told
        assert response.headers["x-content-type-options"] == "nosniff", told
