"""Settings of the service, on top of what ingest needs."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from ingest.settings import IngestSettings

MOST_QUESTION = 2000  # characters


class ServiceSettings(IngestSettings):
    """Each field is `FOOTNOTE_` and its name in capitals, from the environment or `.env`."""

    model: Annotated[
        Literal["extractive"],
        Field(description="What writes the answers: extractive quotes, in process, offline."),
    ] = "extractive"
    sentence_ranker: Annotated[
        str,
        Field(
            min_length=1,
            description="What chooses the sentences of an answer: trained, the small model "
            "that comes with Footnote; vectors, the embedding alone; or a folder with a model.",
        ),
    ] = "trained"
    reranker: Annotated[
        str,
        Field(
            description="Name or folder of a sentence-transformers cross-encoder that puts the "
            "passages found into a better order; empty for none. Without a GPU it takes a second "
            "or more for each question.",
        ),
    ] = ""
    host: Annotated[
        str, Field(min_length=1, description="Address to listen on; the default is this machine.")
    ] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="Port to listen on.")] = 8000
    uploads: Annotated[
        Path, Field(description="Where uploaded files are kept: they are ingested from there.")
    ] = Path("data/uploads")
    most_upload_megabytes: Annotated[
        int, Field(ge=1, le=10_000, description="The most that one upload of files may have.")
    ] = 200
    retrieved_passages: Annotated[
        int, Field(ge=1, le=50, description="Passages that an answer is made from.")
    ] = 8
    abstain_below: Annotated[
        float,
        Field(ge=0.0, le=1.0, description="Least confidence that the documents have an answer."),
    ] = 0.5
