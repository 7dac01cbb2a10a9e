"""An answer of the service, as its HTTP interface gives it, becomes a response."""

from collections.abc import Iterable, Sequence

from eval.targets.response import CitedSpan, RankedPassage, Response, SaidStatement
from service.http.schemas import AnswerOut, PassageOut


def response_of(answer: AnswerOut, passages: Sequence[PassageOut]) -> Response:
    """`passages` are the ranking, which an abstention shows only the first few of."""
    positions = {citation.index: n for n, citation in enumerate(answer.citations, 1)}
    missing = len(answer.citations) + 1  # a number that no citation has
    return Response(
        answer=answer.answer,
        abstained=answer.abstained,
        statements=tuple(
            SaidStatement(
                text=statement.text,
                citations=tuple(positions.get(n, missing) for n in statement.citations),
            )
            for statement in answer.statements
        ),
        citations=tuple(
            CitedSpan(
                document_id=citation.document_id,
                source=citation.source,
                start=citation.start_char_index,
                end=citation.end_char_index,
                cited_text=citation.cited_text,
                page=citation.page,
                support=citation.support,
            )
            for citation in answer.citations
        ),
        passages=tuple(ranked(passages)),
        confidence=answer.confidence,
        standalone_question=answer.standalone_question,
        model=answer.model,
        dropped_statements=answer.dropped_statements,
        timings_ms=answer.timings_ms,
    )


def ranked(passages: Iterable[PassageOut]) -> list[RankedPassage]:
    return [
        RankedPassage(
            document_id=passage.document_id,
            start=passage.start_char_index,
            end=passage.end_char_index,
            text=passage.text,
            score=passage.score,
        )
        for passage in passages
    ]
