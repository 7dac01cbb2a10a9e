"""Builders for the tests of metrics: a small library, cases over it, and responses to them."""

from eval.asked import Asked
from eval.cases.case import Case, GoldWords
from eval.cases.gold import gold_places
from eval.judges.local import LocalJudge
from eval.targets.response import CitedSpan, RankedPassage, Response, SaidStatement

TEXT = "Ann wrote it in Oslo. Ben read it.\n\nCid never saw it. Dora has two copies of it."
ANN, BEN = (0, 21), (22, 34)
CID, DORA = (36, 53), (54, 80)
"""Spans of the sentences."""

Span = tuple[int, int]


class Shelf:
    """A library of one document."""

    def find(self, source: str) -> str | None:
        return "d" if source == "d.txt" else None

    def text(self, document_id: str) -> str:
        return TEXT if document_id == "d" else ""

    def sources(self) -> list[str]:
        return ["d.txt"]


def case(*groups: Span | list[Span], **fields: object) -> Case:
    """A case whose gold groups are these spans, each one span or a list of alternatives."""
    gold = tuple(
        tuple(
            GoldWords(document="d.txt", words=TEXT[slice(*span)], start=span[0])
            for span in (group if isinstance(group, list) else [group])
        )
        for group in groups
    )
    if not groups and not fields:
        fields = {"abstain": "must"}
    return Case.model_validate({"id": "c", "question": "?", "gold": gold, **fields})


def cited(start: int, end: int) -> CitedSpan:
    return CitedSpan(
        document_id="d", source="d.txt", start=start, end=end, cited_text=TEXT[start:end]
    )


def answer(*statements: tuple[str, list[Span]], passages: tuple[Span, ...] = ()) -> Response:
    """Statements, each with the spans it cites; none is an abstention."""
    spans = [span for _, cites in statements for span in cites]
    numbers = iter(range(1, len(spans) + 1))
    return Response(
        answer=" ".join(text for text, _ in statements),
        abstained=not statements,
        statements=tuple(
            SaidStatement(text=text, citations=tuple(next(numbers) for _ in cites))
            for text, cites in statements
        ),
        citations=tuple(cited(*span) for span in spans),
        passages=tuple(RankedPassage(document_id="d", start=s, end=e) for s, e in passages),
    )


def attributed(response: Response, *names: str | None) -> Response:
    """The same answer, its statements attributed to these; an empty name is nobody's."""
    named = [
        said.model_copy(update={"attribution": name})
        for said, name in zip(response.statements, names, strict=True)
    ]
    return response.model_copy(update={"statements": tuple(named)})


def quote(*spans: Span, passages: tuple[Span, ...] = ()) -> Response:
    """An answer that says these spans, each citing itself."""
    return answer(*((TEXT[slice(*span)], [span]) for span in spans), passages=passages)


def asked(one: Case, response: Response) -> Asked:
    shelf = Shelf()
    return Asked(one, response, gold_places(one, shelf), shelf, LocalJudge())
