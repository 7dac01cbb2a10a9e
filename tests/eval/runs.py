"""A small run by hand: cases right, wrong, broken, abstained, failed and hostile."""

from eval.cases.case import Case, GoldWords
from eval.gate import Change, Drop, Verdict
from eval.results import CaseResult, Figure, RunResult
from eval.targets.response import CitedSpan, RankedPassage, Response, SaidStatement
from service.answering.conversation import Turn

HARBOUR = "harbour.txt"
HOSTILE = "<script>alert(1)</script> </svg> [red]x[/red] | `a` ]]> @user #1 \x1b[31m\x07 **b** &lt;"
"""With what would be markup, a mention or a command in one of the outputs."""
HOSTILE_TAG = "</svg><script>alert(2)</script> $x$"
TEXTS = {
    "doc-1": (
        "The harbour of Lissen was built in 1893 under the engineer Ada Brandt. "
        "It has two moles of granite, of which the northern one is 840 metres long. "
        "A storm in 1911 broke the southern mole, and it was repaired within two years. "
        "Since 1954 the harbour has been closed to ships of more than 3,000 tonnes. "
        "Its lighthouse is kept by volunteers."
    ),
    "doc-2": f"A page with markup in it: {HOSTILE.replace(chr(27), '').replace(chr(7), '')} end.",
}
SOURCES = {HARBOUR: "doc-1", "hostile.html": "doc-2"}


class Shelf:
    """A library of the texts above."""

    def find(self, source: str) -> str | None:
        return SOURCES.get(source)

    def text(self, document_id: str) -> str:
        return TEXTS[document_id]

    def sources(self) -> list[str]:
        return list(SOURCES)


def cited(words: str, document_id: str = "doc-1") -> CitedSpan:
    """A citation of words where they first stand in a document."""
    start = TEXTS[document_id].index(words)
    source = next(source for source, found in SOURCES.items() if found == document_id)
    return CitedSpan(
        document_id=document_id,
        source=source,
        start=start,
        end=start + len(words),
        cited_text=words,
        support=0.9,
    )


def answered(text: str, *citations: CitedSpan, confidence: float = 0.9) -> Response:
    """One statement that carries all citations."""
    numbers = tuple(range(1, len(citations) + 1))
    return Response(
        answer=text,
        abstained=False,
        statements=(SaidStatement(text=text, citations=numbers),),
        citations=citations,
        passages=(
            RankedPassage(
                document_id="doc-1", start=0, end=71, text=TEXTS["doc-1"][:71], score=0.71
            ),
        ),
        confidence=confidence,
        timings_ms={"retrieve": 4.0, "answer": 20.0, "total": 24.0, "round_trip": 25.0},
    )


def case(identifier: str, question: str, *gold: str, tags: tuple[str, ...] = ("fact",)) -> Case:
    words = tuple((GoldWords(document=HARBOUR, words=one),) for one in gold)
    return Case(
        id=identifier,
        question=question,
        gold=words,
        abstain="never" if gold else "must",
        tags=tags,
    )


def result(asked: Case, response: Response, *reasons: str) -> CaseResult:
    return CaseResult(
        case=asked, response=response, right=not reasons, reasons=reasons, rows={"right": (1.0,)}
    )


BUILT = "The harbour of Lissen was built in 1893 under the engineer Ada Brandt."
ENGINEER = "the engineer Ada Brandt"
REPAIRED = "A storm in 1911 broke the southern mole"


def _cases() -> tuple[CaseResult, ...]:
    built, storm = cited(BUILT), cited("It has two moles of granite")
    hostile = cited("</script> </svg>", "doc-2").model_copy(update={"source": HOSTILE})
    follow_up = case("follow-up", "And how long is it?", "840 metres", tags=("fact", "dialogue"))
    history = (Turn("user", "Is there a northern mole?"), Turn("assistant", "Yes."))
    return (
        result(case("built", "When was it built?", ENGINEER), answered(BUILT, built)),
        result(
            case("storm", "What did the storm of 1911 break?", REPAIRED, tags=("fact", "must")),
            answered("It has two moles of granite.", storm, confidence=0.6),
            "cites none of the gold words",
        ),
        result(
            follow_up.model_copy(update={"history": history}),
            answered("It has two moles of granite.", storm, confidence=0.7),
            "cites none of the gold words",
        ),
        result(
            case("owner", "Who owns it?", tags=("unanswerable",)),
            Response(
                answer="The documents do not say.",
                abstained=True,
                confidence=0.1,
                timings_ms={"retrieve": 5.0, "total": 6.0},
            ),
        ),
        result(
            case("failed", "When does it close?", "Since 1954"),
            Response.failed("the service took too long"),
            "no answer: the service took too long",
        ),
        result(
            case(f"hostile {HOSTILE}", f"Q {HOSTILE}", f"G {HOSTILE}", tags=(HOSTILE_TAG,)),
            answered(f"A {HOSTILE}", hostile, confidence=0.4),
            f"R {HOSTILE}",
        ),
    )


def run() -> RunResult:
    return RunResult(
        suite=f"harbour {HOSTILE}",
        target=f"in process {HOSTILE}",
        model=f"extractive {HOSTILE}",
        judge="",
        created="2026-07-01T10:00:00Z",
        seed=7,
        settings={"top_k": "10", HOSTILE: HOSTILE},
        figures=(
            figure("hit@1", "retrieval", 0.75, 0.5, 1.0),
            figure("right", "answers", 0.5, 0.25, 0.75),
            figure("latency p50 ms", "cost", 1234.5, 1100.0, 1300.0),
            figure("AUROC", "abstention", None, None, None),
            figure(HOSTILE, HOSTILE, 0.5, 0.4, 0.6),
        ),
        cases=_cases(),
    )


def figure(
    name: str, group: str, value: float | None, low: float | None, high: float | None
) -> Figure:
    return Figure(name=name, group=group, value=value, low=low, high=high, count=4, better="higher")


def verdict() -> Verdict:
    """Of a gate that the run fails: `storm` and the hostile case broke, `built` is mended."""
    return Verdict(
        passed=False,
        problems=("the case storm, tagged must, broke", f"P {HOSTILE}"),
        drops=(
            Drop(metric="right", before=0.75, after=0.5, low=-0.4, high=-0.1, cases=("storm",)),
        ),
        changes=(
            Change(
                id=f"hostile {HOSTILE}",
                question=f"Q {HOSTILE}",
                kind="broken",
                must=False,
                before=f"B {HOSTILE}",
                after=f"A {HOSTILE}",
                reasons=(f"R {HOSTILE}",),
            ),
            Change(
                id="storm",
                question="What did the storm of 1911 break?",
                kind="broken",
                must=True,
                before="It broke two moles of granite.",
                after="It has two moles of granite.",
                reasons=("cites none of the gold words",),
            ),
            Change(
                id="built",
                question="When was it built?",
                kind="mended",
                must=False,
                before="The documents do not say.",
                after=BUILT,
                reasons=(),
            ),
        ),
        not_compared=("failed",),
    )
