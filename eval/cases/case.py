"""A gold case: a question, and what a right answer to it cites, says, and must not say."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from service.answering.conversation import Turn

MUST = "must"
"""Tag of a case that fails the gate when it breaks."""
DRAFT = "draft"
"""Tag of a case that was proposed by a program and that no person has checked."""

Words = Annotated[str, Field(min_length=1, pattern=r"\S")]
_Name = Annotated[str, Field(pattern=r"\w")]  # punctuation alone would be found in any name
_LISTS = {"gold", "facts", "forbidden", "speaker", "within", "tags"}

Abstain = Literal["never", "may", "must"]


class GoldWords(BaseModel):
    """Exact words of a document's canonical text; at `start` if given, else wherever they stand."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: Words
    """The document's source: the path relative to the ingested folder, or the URL."""
    words: Words
    start: Annotated[int, Field(ge=0)] | None = None
    """Offset in Unicode code points."""


class Case(BaseModel):
    """One question. `eval/suites/README.md` documents the file format.

    Each group of `gold` is one thing that has to be cited, by any one of its alternatives. Each
    group of `facts` is one thing that the answer has to say, in any one of its wordings.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Words
    question: Words
    history: tuple[Turn, ...] = ()
    gold: tuple[tuple[GoldWords, ...], ...] = ()
    facts: tuple[tuple[Words, ...], ...] = ()
    forbidden: tuple[Words, ...] = ()
    speaker: tuple[_Name, ...] | None = None
    """Who makes the claim of the gold words, in any of these forms; empty where the document itself
    says it, None where nobody looks at it."""
    abstain: Abstain = "never"
    within: tuple[Words, ...] = ()
    """Sources of the documents that the answer may be from; empty for all."""
    tags: tuple[Words, ...] = ()
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _written_shortly(cls, data: Any) -> Any:
        return _expanded(data) if isinstance(data, dict) else data

    @model_validator(mode="after")
    def _can_be_checked(self) -> "Case":
        if self.abstain == "must" and (self.gold or self.facts):
            raise ValueError("a case whose right answer is an abstention has no gold and no facts")
        if not (self.gold or self.facts or self.forbidden or self.abstain == "must"):
            raise ValueError("nothing to check: give gold, facts, forbidden, or abstain: must")
        if self.speaker is not None and not self.gold:
            raise ValueError("a speaker is of gold words: give gold")
        if not all(self.gold) or not all(self.facts):
            raise ValueError("a list of alternatives is empty")
        return self

    @property
    def must(self) -> bool:
        return MUST in self.tags

    @property
    def answerable(self) -> bool | None:
        """Whether the documents answer it; None where an answer and an abstention are both fine."""
        return {"never": True, "may": None, "must": False}[self.abstain]


def _expanded(data: dict[str, Any]) -> dict[str, Any]:
    """The short forms that files allow: a string for a list of one, `document` for all gold."""
    document = data.get("document")
    expanded = {key: value for key, value in data.items() if key != "document"}
    for name in _LISTS & expanded.keys():
        if isinstance(expanded[name], str):
            expanded[name] = [expanded[name]]
    if isinstance(expanded.get("gold"), list | tuple):
        expanded["gold"] = [
            [_gold_words(one, document) for one in _listed(group)] for group in expanded["gold"]
        ]
    if isinstance(expanded.get("facts"), list | tuple):
        expanded["facts"] = [_listed(group) for group in expanded["facts"]]
    return expanded


def _listed(group: Any) -> Any:
    return group if isinstance(group, list | tuple) else [group]


def _gold_words(one: Any, document: Any) -> Any:
    if isinstance(one, str):
        if document is None:
            raise ValueError("gold words need a document")
        return {"document": document, "words": one}
    if isinstance(one, dict) and "document" not in one and document is not None:
        return {"document": document, **one}
    return one
