"""Invariants 1 and 2: cited words are the document's own, and nothing is said without them."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.documents import Passage
from ingest.index import Index
from ingest.index.record import DocumentRecord, FileStamp
from ingest.run import run
from ingest.settings import IngestSettings
from service.answering.answer import Answer, Citation, SpanError, Statement
from service.answering.answerer import Answerer
from service.assembly import Assembly
from service.http.schemas import StatementEvent
from service.settings import ServiceSettings

ASKED = "Where does the fox sleep?"

AWKWARD = (
    *("\U0001f600", "\U0001f469\u200d\U0001f467", "\U0001d4b3"),  # beyond 16 bits
    *("é", "e\u0301", "a\u0323\u0308", "\u0301", "ﬁ", "İ"),  # combining, or of two letters
    *("שלום", "مرحبا", "\u200f", "\u202e"),  # right to left
    *("\u200b", "\u200d", "\u2060", "\ufeff"),  # of no width
    *("\t", "\r", "\n", "\x0c", "\x85", "\u2028", "\u2029", "\u00a0"),  # white space
    *("中文。", "<b>", "[1]", "U.N."),
)
WORDS = st.sampled_from(AWKWARD) | st.text(
    st.characters(exclude_categories=("Cc", "Cs")), max_size=8
)


PREFACE = " ".join(f"Snow \U0001f328 lies on hill {hill}." for hill in range(30))  # fills a passage


@st.composite
def sources(draw: st.DrawFn) -> bytes:
    """Files of two to six paragraphs; all but the first say what the question is about."""
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    middles = draw(st.lists(st.lists(WORDS, max_size=12), min_size=1, max_size=5))
    told = [f"{draw(WORDS)} the fox sleeps near {' '.join(m)} by the old river." for m in middles]
    return (2 * end).join(["Fox Notes", PREFACE, *told]).encode()


@pytest.fixture(scope="module")
def ask_about(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], tuple[Index, Answer]]:
    """Put one file into an index in place of the one before, and ask about it."""
    folder = tmp_path_factory.mktemp("generated")
    place = tmp_path_factory.mktemp("generated-index") / "index"
    answerers: list[Answerer] = []

    def ask_about(data: bytes) -> tuple[Index, Answer]:
        (folder / "fox.txt").write_bytes(data)
        run(IngestSettings(index=str(place)), [str(folder)])
        if not answerers:
            settings = ServiceSettings(index=str(place), abstain_below=0.0)
            answerers.append(Assembly(settings).answerer())
        return answerers[0].retriever.index, answerers[0].ask(ASKED)

    return ask_about


@settings(max_examples=20, deadline=None)
@given(data=sources())
def test_every_statement_is_cited_to_the_documents_own_words(
    ask_about: Callable[[bytes], tuple[Index, Answer]], data: bytes
) -> None:
    index, answer = ask_about(data)
    assert answer.statements
    assert answer.dropped_statements == 0
    assert all(statement.citations for statement in answer.statements)
    for citation in answer.citations:
        text = index.document(citation.document_id).text
        assert text[citation.start_char_index : citation.end_char_index] == citation.cited_text
        assert "\r" not in citation.cited_text


@given(text=st.text(min_size=1), data=st.data())
def test_a_citation_cannot_reach_outside_its_passage(text: str, data: st.DataObject) -> None:
    bounds = st.integers(0, len(text))
    passage_start, passage_end = sorted([data.draw(bounds), data.draw(bounds)])
    passage = Passage("fox", 0, passage_start, text[passage_start:passage_end])
    around = st.integers(-2, len(text) + 2)
    start, end = data.draw(around), data.draw(around)
    if passage_start <= start < end <= passage_end:
        assert Citation(record("fox"), passage, start, end, 1.0).cited_text == text[start:end]
    else:
        with pytest.raises(SpanError):
            Citation(record("fox"), passage, start, end, 1.0)


def test_a_citation_cannot_be_made_for_another_document() -> None:
    with pytest.raises(SpanError):
        Citation(record("owl"), Passage("fox", 0, 0, "The fox sleeps."), 0, 3, 1.0)


def test_a_span_has_one_number_however_well_it_supports() -> None:
    passage = Passage("fox", 0, 0, "The fox sleeps. It wakes.")
    weak, strong = (Citation(record("fox"), passage, 0, 15, one) for one in (0.7, 0.9))
    other = Citation(record("fox"), passage, 16, 25, 0.9)
    said = (Statement("It sleeps.", (weak,)), Statement("The fox sleeps.", (strong, other)))
    answer = Answer("1", ASKED, ASKED, said, (), 1.0, "tiny")
    assert answer.text == "It sleeps. [1] The fox sleeps. [1][2]"
    assert [one.support for one in answer.citations] == [0.7, 0.9]
    numbers: dict[Citation, int] = {}
    told = [StatementEvent.of(statement, numbers).citations for statement in said]
    assert [[(one.index, one.support) for one in cited] for cited in told] == [
        [(1, 0.7)],
        [(1, 0.7), (2, 0.9)],
    ]


def test_a_statement_cannot_be_made_without_a_citation() -> None:
    with pytest.raises(ValueError, match="needs a citation"):
        Statement("The fox sleeps.", ())


def record(document_id: str) -> DocumentRecord:
    return DocumentRecord(
        document_id,
        title="Fox Notes",
        file=FileStamp("fox.txt", "/notes", size=1, modified=1, sha256=""),
        version="1",
        content="1",
        passages=1,
        characters=1,
    )
