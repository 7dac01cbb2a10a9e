"""Citations and passages as text to be read."""

from collections.abc import Iterator, Sequence

from service.http.schemas import CitationOut, PassageOut


def footnote_line(citation: CitationOut) -> str:
    page = "" if citation.page is None else f", page {citation.page}"
    return (
        f"[{citation.index}] {citation.document_title} ({citation.source}{page}; "
        f"document {citation.document_id}, characters {citation.start_char_index} to "
        f'{citation.end_char_index}): "{citation.cited_text}"'
    )


def passage_lines(passages: Sequence[PassageOut]) -> Iterator[str]:
    for passage in passages:
        yield (
            f"- {passage.document_title} (document {passage.document_id}, characters "
            f"{passage.start_char_index} to {passage.end_char_index}, score {passage.score}):"
        )
        yield passage.text.strip()
