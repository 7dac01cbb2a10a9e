"""Passages become numbered sentences: the best ones that fit, in an order that can be read."""

from ingest.documents import Block, Passage
from service.answering.written.numbered import NumberedSentences, citations
from service.retrieval.retrieved import RetrievedPassage
from tests.service.retrieved_passages import record_of

FOX = ("The fox sleeps by the river. It wakes at dusk.", "The fox eats mice.", "Foxes are shy.")
OWL = ("The owl hunts at night. It is silent.", "The owl nests in barns.")


def passage(document: str, texts: tuple[str, ...], position: int) -> RetrievedPassage:
    """One of the passages that a document of these texts has."""
    start = sum(len(text) + 1 for text in texts[:position])
    text = texts[position]
    blocks = (Block("paragraph", start, start + len(text)),)
    record = record_of(f"{document}.txt")
    made = Passage(record.document_id, position, start, f"{text} ", blocks)
    return RetrievedPassage(made, record, 1.0, 1.0, 1.0)


def words(text: str) -> int:
    return len(text.split())


def numbered(*passages: RetrievedPassage, most: int = 1000) -> list[str]:
    return [one.text for one in NumberedSentences.of(passages, most, words)]


def test_a_document_stands_together_and_what_touches_in_reading_order() -> None:
    shown = NumberedSentences.of(
        [passage("fox", FOX, 1), passage("owl", OWL, 0), passage("fox", FOX, 0)], 1000, words
    )
    assert shown.written() == (
        "Document: fox.txt\n"
        "[1] The fox sleeps by the river.\n[2] It wakes at dusk.\n[3] The fox eats mice.\n\n"
        "Document: owl.txt\n[4] The owl hunts at night.\n[5] It is silent."
    )


def test_what_does_not_touch_stays_in_the_order_of_retrieval() -> None:
    assert numbered(passage("fox", FOX, 2), passage("fox", FOX, 0))[0] == "Foxes are shy."


def test_the_best_passages_are_kept_as_far_as_they_fit() -> None:
    best, second, third = passage("owl", OWL, 1), passage("fox", FOX, 0), passage("fox", FOX, 2)
    assert numbered(best, second, third, most=21) == ["The owl nests in barns.", "Foxes are shy."]
    assert numbered(best, second, third, most=11) == ["The owl nests in barns."]


def test_of_the_best_passage_at_least_what_fits_of_it_is_kept() -> None:
    assert numbered(passage("fox", FOX, 0), most=13) == ["The fox sleeps by the river."]
    assert numbered(passage("fox", FOX, 0), most=5) == []


def test_no_budget_is_passed() -> None:
    passages = [passage("fox", FOX, 0), passage("owl", OWL, 0), passage("fox", FOX, 2)]
    for most in range(60):
        shown = NumberedSentences.of(passages, most, words)
        assert len(shown) == 0 or words(shown.written()) <= most


def test_a_number_leads_back_to_the_very_words() -> None:
    shown = NumberedSentences.of([passage("owl", OWL, 0), passage("owl", OWL, 1)], 1000, words)
    text = "".join(f"{one} " for one in OWL)
    for one in shown:
        (citation,) = citations([one], 0.9)
        assert text[citation.start_char_index : citation.end_char_index] == one.text


def test_sentences_in_a_row_of_one_passage_are_one_span() -> None:
    shown = NumberedSentences.of([passage("owl", OWL, 0), passage("owl", OWL, 1)], 1000, words)
    spans = [one.cited_text for one in citations(shown.cited([3, 2, 1, 9, 0]), 0.9)]
    assert spans == ["The owl hunts at night. It is silent.", "The owl nests in barns."]


def test_what_the_model_never_saw_is_in_no_span() -> None:
    text = "Foxes are shy.\n\nrun --fox\n\nThey sleep by day.\n\nThey eat mice. "
    code = text.index("run")
    spans = [(0, 14), (27, 45), (47, 61)]
    blocks = [Block("paragraph", *span) for span in spans]
    blocks.insert(1, Block("code", code, code + len("run --fox")))
    record = record_of("fox.txt")
    made = Passage(record.document_id, 0, 0, text, tuple(blocks))
    shown = NumberedSentences.of([RetrievedPassage(made, record, 1.0, 1.0, 1.0)], 1000, words)
    assert [one.text for one in shown] == ["Foxes are shy.", "They sleep by day.", "They eat mice."]
    cited = citations(shown.cited([1, 2, 3]), 0.9)
    assert [one.cited_text for one in cited] == [
        "Foxes are shy.",
        "They sleep by day.\n\nThey eat mice.",
    ]
