"""What can be wrong with a written answer as a whole: as the model is told it, and a reader."""

from enum import Enum

from service.language_models.failures import FailureKind


class Problem(Enum):
    """Each has what the model is told before it tries again, and what a reader is told."""

    EMPTY = ("it was empty.", "The language model gave an empty answer")
    NO_ROOM = (
        "",
        "The documents' sentences do not fit into the language model's context "
        "(FOOTNOTE_MODEL_CONTEXT_TOKENS)",
    )
    UNCITED = (
        "its sentences did not end with the numbers of sentences that exist.",
        "The language model did not say which sentences its answer rests on",
    )
    OTHER_LANGUAGE = (
        "it was not in the language of the numbered sentences.",
        "The language model answered in another language than the documents",
    )
    ENDLESS = (
        "it repeated itself without end.",
        "The language model repeated itself without end",
    )
    UNSUPPORTED = (
        "the numbered sentences do not say what it said.",
        "Nothing that the language model wrote could be verified in the documents",
    )

    def __init__(self, for_model: str, for_reader: str) -> None:
        self.for_model = for_model
        self.for_reader = for_reader


_FAILED: dict[FailureKind, str] = {
    "unreachable": "The language model could not be reached",
    "bad_key": "The language model's server did not accept the key (FOOTNOTE_MODEL_API_KEY)",
    "no_model": "The language model's server does not have the model (FOOTNOTE_MODEL)",
    "rate_limited": "The language model's server has had too many requests",
    "server_error": "The language model's server had an error",
    "malformed": "The language model's server sent something that is no answer",
    "broke_off": "The language model's answer broke off",
    "resting": "The language model has failed several times in a row and is left alone for a while",
}


UNCHECKED = "What the language model wrote could not be checked"
"""What a reader is told when the support checker failed."""


def failed(kind: FailureKind, time_limit_s: float) -> str:
    """What a reader is told of a model that failed, without a full stop."""
    if kind == "timeout":
        return f"The language model did not answer within {time_limit_s:g} seconds"
    return _FAILED[kind]


def quoted_instead(reason: str, found: bool) -> str:
    """`found`: whether the documents' own sentences answer."""
    if found:
        return f"{reason}, so this answer is quoted from the documents instead."
    return f"{reason}, and no sentence of the documents answers by itself."


def without_answer(reason: str) -> str:
    return f"{reason}, so there is no answer."


def incomplete(reason: str) -> str:
    return f"{reason}, so this answer may be incomplete."
