"""Invariants 1 and 2: cited words are the document's own, and nothing is said without them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.documents import Passage
from ingest.index import Index
from ingest.record import DocumentRecord
from ingest.run import run
from ingest.settings import IngestSettings
from service.answering.answer import Answer, Citation, SpanError, Statement
from service.answering.answerer import Answerer
from service.answering.engine import Draft, Question
from service.answering.verify import Verification, verify
from service.assembly import Assembly
from service.retrieval.hybrid import RetrievedPassage
from service.settings import ServiceSettings

FOX = "Fox Notes\n\nThe fox sleeps by the old river.\n\nThe owl hunts in the orchard at dusk.\n"
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


@st.composite
def sources(draw: st.DrawFn) -> bytes:
    """Files of one to five paragraphs; each has a sentence that the question is about."""
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    middles = draw(st.lists(st.lists(WORDS, max_size=12), min_size=1, max_size=5))
    told = [f"The fox sleeps near {' '.join(words)} by the old river." for words in middles]
    return (2 * end).join(["Fox Notes", *told]).encode()


def answerer_over(index: Index) -> Answerer:
    """The real one, but it never abstains for lack of confidence."""
    return Assembly(ServiceSettings(index=index.location, abstain_below=0.0)).answerer()


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


@settings(max_examples=25, deadline=None)
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


def test_a_statement_cannot_be_made_without_a_citation() -> None:
    with pytest.raises(ValueError, match="needs a citation"):
        Statement("The fox sleeps.", ())


def rewrite(folder: Path) -> None:
    (folder / "fox.txt").write_text(FOX.replace("fox", "cat").replace("owl", "dog"))


def shift(folder: Path) -> None:
    (folder / "fox.txt").write_text(FOX.replace("Fox Notes", "More Fox Notes"))


def remove(folder: Path) -> None:
    (folder / "fox.txt").unlink()


def extend(folder: Path) -> None:
    (folder / "fox.txt").write_text(FOX + "\nThe hare ran away.\n")


@pytest.mark.parametrize("change", [rewrite, shift, remove])
def test_verify_drops_and_counts_what_has_changed_since_retrieval(
    ingest: Callable[..., Index], folder: Path, change: Callable[[Path], None]
) -> None:
    (folder / "fox.txt").write_text(FOX)
    answer = answerer_over(ingest(folder)).ask(ASKED)
    change(folder)
    kept, outcome = verified(ingest(folder, prune=True), answer.statements, answer.passages)
    assert kept == []
    assert (outcome.kept, outcome.dropped) == (0, len(answer.statements))
    assert outcome.dropped > 0


def test_verify_keeps_what_still_stands_in_a_changed_document(
    ingest: Callable[..., Index], folder: Path
) -> None:
    (folder / "fox.txt").write_text(FOX)
    answer = answerer_over(ingest(folder)).ask(ASKED)
    extend(folder)
    kept, outcome = verified(ingest(folder), answer.statements, answer.passages)
    assert tuple(kept) == answer.statements
    assert outcome.dropped == 0


def test_verify_reads_the_document_for_a_passage_that_was_not_retrieved(
    ingest: Callable[..., Index], folder: Path
) -> None:
    (folder / "fox.txt").write_text(FOX)
    index = ingest(folder)
    answer = answerer_over(index).ask(ASKED)
    assert tuple(verified(index, answer.statements, [])[0]) == answer.statements


def test_a_false_citation_goes_and_its_statement_stays_by_the_true_one(
    ingest: Callable[..., Index], folder: Path
) -> None:
    (folder / "fox.txt").write_text(FOX)
    index = ingest(folder)
    true = answerer_over(index).ask(ASKED).citations[0]
    statement = Statement("The fox sleeps.", (forged(true), true))
    kept, outcome = verified(index, [statement], [])
    assert kept == [Statement("The fox sleeps.", (true,))]
    assert outcome.kept == 1


class Misquoting:
    """An engine whose words are not the document's."""

    name = "misquoting"

    def draft(self, question: Question, passages: Sequence[RetrievedPassage]) -> Draft:
        found = passages[0]
        true = Citation(found.record, found.passage, found.passage.start, found.passage.end, 1.0)
        return Draft(iter([Statement("The fox never sleeps.", (forged(true),))]), 1.0)


def test_an_engine_that_misquotes_ends_in_an_abstention(
    ingest: Callable[..., Index], folder: Path
) -> None:
    (folder / "fox.txt").write_text(FOX)
    retriever = answerer_over(ingest(folder)).retriever
    answer = Answerer(retriever, Misquoting(), 8).ask(ASKED)
    assert answer.abstained
    assert answer.dropped_statements == 1
    assert answer.passages


def verified(
    index: Index, statements: Sequence[Statement], retrieved: Sequence[RetrievedPassage]
) -> tuple[list[Statement], Verification]:
    outcome = Verification()
    ids = [found.passage.id for found in retrieved]
    return list(verify(index, iter(statements), ids, outcome)), outcome


def forged(citation: Citation) -> Citation:
    """A citation of the same place with other words."""
    passage = citation.passage
    return replace(citation, passage=replace(passage, text=passage.text.swapcase()))


def record(document_id: str) -> DocumentRecord:
    return DocumentRecord(
        document_id,
        title="Fox Notes",
        source="fox.txt",
        folder="/notes",
        version="1",
        passages=1,
        characters=1,
        size=1,
        modified=1,
        sha256="",
    )
