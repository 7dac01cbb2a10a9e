"""Settings of what the service tells of itself, and what it remembers of answers."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field
from pydantic_settings import BaseSettings


class ObservingSettings(BaseSettings):
    """Logs, traces and feedback."""

    log_format: Annotated[
        Literal["text", "json"],
        Field(description="How lines of the log are written: text, or json, an object a line."),
    ] = "text"
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"],
        Field(description="The least that is logged; info has a line for each request."),
    ] = "warning"
    log_questions: Annotated[
        bool, Field(description="Whether the log may have the texts of questions.")
    ] = False
    traces: Annotated[
        Literal["off", "otlp", "console"],
        Field(
            description="OpenTelemetry traces: otlp sends them as the OTEL_EXPORTER_OTLP_... "
            "variables say, console prints them; both need the extra `traces`."
        ),
    ] = "off"
    feedback: Annotated[
        Path, Field(description="The SQLite file of feedback, and of the answers it may be on.")
    ] = Path("data/feedback.sqlite3")
    remembered_answers: Annotated[
        int,
        Field(
            ge=0,
            le=1_000_000,
            description="How many of the latest answers are kept, with their questions, so that "
            "feedback may be given on them; 0 for none, and no feedback.",
        ),
    ] = 1000
