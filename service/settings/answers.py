"""Settings of how answers are made and checked."""

from typing import Annotated, Literal

from pydantic import Field
from pydantic_settings import BaseSettings

MOST_QUESTION = 2000  # characters


class AnswerSettings(BaseSettings):
    """What an answer is made from, and what is let through."""

    fallback: Annotated[
        Literal["extractive", "off"],
        Field(
            description="What answers when the language model fails: extractive, with a notice; "
            "or off, nothing, and the failure is the answer."
        ),
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
    retrieved_passages: Annotated[
        int, Field(ge=1, le=50, description="Passages that an answer is made from.")
    ] = 8
    abstain_below: Annotated[
        float,
        Field(ge=0.0, le=1.0, description="Least confidence that the documents have an answer."),
    ] = 0.5
    support: Annotated[
        str,
        Field(
            min_length=1,
            description="What checks that cited sentences support a written one: trained, the "
            "small model that comes with Footnote; judge, the language model itself; or the name "
            "or folder of a sentence-transformers cross-encoder for natural language inference.",
        ),
    ] = "trained"
    support_threshold: Annotated[
        float | None,
        Field(
            ge=0.0,
            le=1.0,
            description="Least support, 0 to 1, with which a written sentence is shown; empty for "
            "the checker's own. A judge says all or nothing.",
        ),
    ] = None
