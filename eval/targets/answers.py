"""An answer of the service, as its HTTP interface gives it, becomes a response."""

import re
from collections.abc import Iterable, Mapping, Sequence

from eval.targets.response import CitedSpan, PassagePlace, RankedPassage, Response, SaidStatement
from service.http.schemas import AnswerOut, PassageOut, StatementOut

_SHOWN = 10  # passages whose text is kept, to show
_MARK = re.compile(r"\s*\[\d+\]")


def response_of(answer: AnswerOut, passages: Sequence[PassageOut]) -> Response:
    """`passages` are the ranking, of which an answer shows only the first few.

    What an answer says beside its statements, or instead of them, is a statement without
    footnotes. A reply states nothing of the documents: to a question it is no answer, so that it
    counts as an abstention. Raises ValidationError for an answer that cannot be, such as a
    confidence of NaN.
    """
    positions = {citation.index: n for n, citation in enumerate(answer.citations, 1)}
    missing = len(answer.citations) + 1  # a number that no citation has
    return Response(
        answer=answer.answer,
        abstained=_abstained(answer),
        statements=(
            *(
                SaidStatement(
                    text=statement.text,
                    citations=tuple(positions.get(n, missing) for n in statement.citations),
                    attribution=_attribution(statement),
                )
                for statement in answer.statements
            ),
            *_beside_statements(answer),
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
        notice=answer.notice,
    )


def prompt_versions(prompts: Mapping[str, str]) -> dict[str, str]:
    """As a setting of a run: nothing where no language model is asked."""
    listed = ", ".join(f"{name} {version}" for name, version in sorted(prompts.items()))
    return {"prompts": listed} if listed else {}


def _abstained(answer: AnswerOut) -> bool:
    return answer.abstained or (answer.kind == "reply" and not answer.statements)


def _attribution(statement: StatementOut) -> str | None:
    """None for a service of a version that does not know of attributions."""
    if "attribution" not in statement.model_fields_set:
        return None
    return statement.attribution or ""


def _beside_statements(answer: AnswerOut) -> list[SaidStatement]:
    if _abstained(answer):
        return []
    rest = " ".join(_MARK.sub("", answer.answer).split())
    for statement in answer.statements:
        said = " ".join(_MARK.sub("", statement.text).split())
        if said not in rest:
            return [SaidStatement(text=answer.answer, citations=())]
        rest = rest.replace(said, "", 1)
    return [SaidStatement(text=rest.strip(), citations=())] if rest.strip() else []


def ranked(passages: Iterable[PassageOut]) -> list[RankedPassage]:
    return [
        RankedPassage(
            document_id=passage.document_id,
            start=passage.start_char_index,
            end=passage.end_char_index,
            text=passage.text if rank < _SHOWN else "",
            score=passage.score,
            also=tuple(
                PassagePlace(
                    document_id=place.document_id,
                    start=place.start_char_index,
                    end=place.end_char_index,
                )
                for place in passage.also
            ),
        )
        for rank, passage in enumerate(passages)
    ]
