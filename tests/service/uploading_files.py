"""Uploading over HTTP, as a client does it."""

import time
from typing import Any

import httpx


def upload(server: httpx.Client, *files: tuple[str, bytes], seconds: float = 60) -> dict[str, Any]:
    """Upload files and wait for their job to end."""
    sent = server.post("/v1/documents", files=[("files", file) for file in files])
    assert sent.status_code == 202, sent.text
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        job: dict[str, Any] = server.get(sent.headers["location"]).json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.05)
    raise AssertionError(f"the job did not end: {job}")
