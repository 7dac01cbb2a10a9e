"""The bodies of `/v1/feedback`."""

from dataclasses import asdict
from typing import Annotated

from pydantic import Field

from service.feedback.store import Feedback, Rating
from service.http.schemas import Body, Described

MOST_COMMENT = 4000


class FeedbackBody(Body):
    """What a person thinks of an answer."""

    answer_id: Annotated[str, Field(min_length=1, max_length=100)]
    """`id` of an answer, whatever endpoint gave it."""
    rating: Rating
    comment: Annotated[str, Field(max_length=MOST_COMMENT)] = ""
    """Why."""


class FeedbackOut(Described):
    """Feedback as it is kept: one for each answer, the latest."""

    answer_id: str
    rating: Rating
    comment: str
    created: str
    """ISO 8601, UTC."""

    @classmethod
    def of(cls, feedback: Feedback) -> "FeedbackOut":
        return cls(**asdict(feedback))
