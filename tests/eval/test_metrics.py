"""Metrics count what their names say, on answers of known rightness."""

from eval import metrics
from eval.cases import Case
from eval.metrics import Result
from ingest.documents import Passage
from ingest.index.record import DocumentRecord, FileStamp
from service.answering.answer import Answer, Citation, Statement
from service.retrieval.hybrid import RetrievedPassage

TEXT = "Ann wrote it. Ben read it."
FILE = FileStamp("d.txt", "/", 0, 0, "")
RECORD = DocumentRecord("d", "Title", FILE, "v", "c", passages=1, characters=len(TEXT))
PASSAGE = Passage("d", 0, 0, TEXT)


def result(*spans: tuple[int, int], gold: tuple[int, int] | None = (0, 3)) -> Result:
    """An answer that cites `spans`, one a statement, to a case with this gold span."""
    statements = tuple(
        Statement("s", (Citation(RECORD, PASSAGE, start, end, 1.0),)) for start, end in spans
    )
    found = RetrievedPassage(PASSAGE, RECORD, 0.5, 0.5, 0.5)
    answer = Answer("id", "q", "q", statements, (found,), 0.5, "extractive")
    words = (TEXT[slice(*gold)],) if gold else ()
    case = Case(
        id="c", question="q", document="d.txt" if gold else None, gold=words, answerable=bool(gold)
    )
    return Result(case, answer, "d" if gold else None, [gold] if gold else [], (True,) * len(spans))


RIGHT, SECOND, WRONG = result((0, 13)), result((14, 26), (0, 13)), result((14, 26))
REFUSED, RIGHTLY_REFUSED, INVENTED = result(), result(gold=None), result((0, 13), gold=None)
ALL = [RIGHT, SECOND, WRONG, REFUSED, RIGHTLY_REFUSED, INVENTED]


def test_gold_must_be_inside_a_citation() -> None:
    assert metrics.cites_gold(ALL) == 2 / 4
    assert metrics.cites_gold(ALL, statements=1) == 1 / 4
    assert metrics.cites_gold([result((1, 13))]) == 0.0


def test_abstentions_are_counted_on_their_own_side() -> None:
    assert metrics.answered(ALL) == 3 / 4
    assert metrics.refused(ALL) == 1 / 2


def test_a_case_passes_by_gold_or_by_refusal() -> None:
    assert [metrics.passed(one) for one in ALL] == [True, True, False, False, True, False]


def test_hits_and_counts() -> None:
    assert metrics.hit_rate(ALL, 1) == 1.0
    assert metrics.mean_statements(ALL) == (1 + 2 + 1 + 1) / 4
    assert metrics.verbatim_citations(ALL) == 1.0


def test_nothing_to_count_is_no_figure() -> None:
    assert metrics.refused([RIGHT]) is None
    assert metrics.cites_gold([INVENTED]) is None
    assert metrics.mean_statements([REFUSED]) is None
