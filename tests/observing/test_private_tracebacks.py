"""A log of errors says where, and nothing of what was asked."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from ingest.errors import IndexMissing
from service.http.app import create_app
from service.observing.logs import configure_logs
from service.settings import ServiceSettings

SECRET = "what does Ann earn"


@pytest.fixture
def configured() -> Iterator[None]:
    """Puts the log back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    logging.captureWarnings(False)
    root.handlers, root.level = handlers, level


def failing_app(settings: ServiceSettings) -> FastAPI:
    app = create_app(settings)

    @app.get("/fails")
    def fails(q: str) -> None:
        try:
            raise KeyError(q)
        except KeyError:
            raise ValueError(f"cannot make sense of {q}") from IndexMissing("no index at here")

    return app


async def fail(settings: ServiceSettings) -> httpx.Response:
    transport = httpx.ASGITransport(failing_app(settings))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        headers = {"X-Request-ID": "failed-1"}
        return await client.get("/fails", params={"q": SECRET}, headers=headers)


@pytest.mark.parametrize("told", [False, True])
@pytest.mark.anyio
async def test_an_unexpected_error_is_told_without_texts(
    told: bool, tmp_path: Path, capfd: pytest.CaptureFixture[str], configured: None
) -> None:
    settings = ServiceSettings(
        index=str(tmp_path / "none"), log_format="json", log_questions=told, uploads=tmp_path
    )
    configure_logs(settings)
    response = await fail(settings)
    assert (response.status_code, response.headers["X-Request-ID"]) == (500, "failed-1")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.json()["request_id"] == "failed-1"
    (line,) = [json.loads(one) for one in capfd.readouterr().err.splitlines()]
    assert (line["level"], line["request_id"]) == ("error", "failed-1")
    assert "in fails" in line["exception"] and "ValueError" in line["exception"]
    assert "no index at here" in line["exception"]  # of our own errors, which quote nobody
    assert (SECRET in json.dumps(line)) == told


def test_libraries_come_in_the_same_form_from_warnings_on(
    capfd: pytest.CaptureFixture[str], configured: None
) -> None:
    configure_logs(ServiceSettings(log_format="json", log_level="debug"))
    logging.getLogger("httpx").info("asked for %s", SECRET)
    logging.getLogger("chromadb.api").warning("slow: %d s", 3)
    logging.getLogger("uvicorn.error").info("started", extra={"color_message": "\x1b[1mx"})
    logging.getLogger("uvicorn.access").info("GET /v1/search?q=%s", SECRET)
    logging.getLogger("footnote").debug("ours")
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert [(line["logger"], line["event"]) for line in lines] == [
        ("chromadb.api", "slow: 3 s"),
        ("uvicorn.error", "started"),
        ("footnote", "ours"),
    ]
    assert all("color_message" not in line for line in lines)
