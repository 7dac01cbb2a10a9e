"""Settings of where the service listens and how much it takes on."""

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings


class ServingSettings(BaseSettings):
    """Addresses, limits and times."""

    host: Annotated[
        str, Field(min_length=1, description="Address to listen on; the default is this machine.")
    ] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="Port to listen on.")] = 8000
    workers: Annotated[
        int, Field(ge=1, le=256, description="Processes that answer, all on the same index.")
    ] = 1
    uploads: Annotated[
        Path, Field(description="Where uploaded files are kept: they are ingested from there.")
    ] = Path("data/uploads")
    most_upload_megabytes: Annotated[
        int, Field(ge=1, le=10_000, description="The most that one upload of files may have.")
    ] = 200
    concurrent_answers: Annotated[
        int | None,
        Field(
            ge=1,
            le=1000,
            description="Questions that a worker works on at once; if empty, as many as it has "
            "cores, at least 2, when it quotes, 40 when a language model writes.",
        ),
    ] = None
    waiting_answers: Annotated[
        int,
        Field(
            ge=0,
            le=10_000,
            description="Questions that may wait for their turn in a worker; more are refused at "
            "once (503).",
        ),
    ] = 64
    wait_seconds: Annotated[
        float,
        Field(gt=0, le=600, description="How long a question waits for its turn (503)."),
    ] = 10.0
    most_requests: Annotated[
        int,
        Field(
            ge=1,
            le=100_000,
            description="Requests that a worker has open at once, streams included; more are "
            "refused (503).",
        ),
    ] = 1000
    shutdown_seconds: Annotated[
        float,
        Field(
            ge=0,
            le=3600,
            description="How long answers that are being given may go on when the service is told "
            "to stop.",
        ),
    ] = 20.0
