"""Running cases: ask, then look up what each citation says in the document."""

from collections.abc import Iterator, Sequence

from eval.cases import Case, CaseError, gold_spans
from eval.metrics import Result
from ingest.documents import Document
from ingest.index import Index
from service.answering.answerer import Answerer


def run_cases(cases: Sequence[Case], answerer: Answerer) -> Iterator[Result]:
    """Ask each case and yield its result. Raises CaseError when gold is not in the index."""
    index = answerer.retriever.index
    sources = {record.source: record.document_id for record in index.all_records()}
    texts: dict[str, Document] = {}
    for case in cases:
        gold_document = _gold_document(case, sources)
        spans = gold_spans(case, _document(gold_document, index, texts)) if gold_document else []
        answer = answerer.ask(case.question, case.history)
        verbatim = tuple(
            _document(c.document_id, index, texts).text[c.start_char_index : c.end_char_index]
            == c.cited_text
            for c in answer.citations
        )
        yield Result(case, answer, gold_document, spans, verbatim)


def _gold_document(case: Case, sources: dict[str, str]) -> str | None:
    if case.document is None:
        return None
    if case.document not in sources:
        raise CaseError(f"{case.id}: there is no document {case.document} in the index")
    return sources[case.document]


def _document(document_id: str, index: Index, texts: dict[str, Document]) -> Document:
    if document_id not in texts:
        texts[document_id] = index.document(document_id)
    return texts[document_id]
