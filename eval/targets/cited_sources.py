"""What the numbers of an answer stand for, from the shapes in which endpoints say so.

To read another shape, write a function like its neighbours and name it in `_SHAPES`: it takes the
whole reply and gives sources by their numbers, or nothing when the reply is not of its shape.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Reply = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Span:
    """A place that the endpoint itself names; taken as it is, right or wrong."""

    document_id: str
    start: int
    end: int
    page: int | None = None
    support: float | None = None


@dataclass(frozen=True, slots=True)
class Source:
    names: tuple[str, ...]
    """What may name the document, the most exact first: path, address, file name, title."""
    content: str = ""
    """Words of the document; empty when only the document is named."""
    span: Span | None = None


Numbered = dict[int, tuple[Source, ...]]
"""By number, from 1. One number may stand for several pieces of one document."""


def cited_sources(reply: Reply) -> Numbered:
    """The sources that a chat completion carries; empty when it has none in a known shape."""
    return next((found for shape in _SHAPES if (found := shape(reply))), {})


def footnote_citations(reply: Reply) -> Numbered:
    """Footnote's own: `citations` with spans, beside `choices` or in the message."""
    listed = _objects(reply, "citations") or _objects(_message(reply), "citations")
    return {
        _whole(one.get("index")) or place: (
            Source(
                names=_texts(one, "source", "document_title"),
                content=_text(one, "cited_text"),
                span=_span(one),
            ),
        )
        for place, one in enumerate(listed, 1)
        if "start_char_index" in one
    }


def perplexity_results(reply: Reply) -> Numbered:
    """Perplexity: `search_results` of `title`, `url` and, for some, `snippet`.

    https://docs.perplexity.ai/api-reference/chat-completions-post
    """
    return _in_order(
        Source(_texts(one, "url", "title"), _text(one, "snippet"))
        for one in _objects(reply, "search_results")
    )


def perplexity_citations(reply: Reply) -> Numbered:
    """Perplexity, before `search_results`: `citations`, a list of addresses."""
    listed = reply.get("citations")
    addresses = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    return _in_order(Source((address,)) for address in addresses)


def url_annotations(reply: Reply) -> Numbered:
    """OpenAI's web search: `message.annotations` of type `url_citation`, each address once.

    https://platform.openai.com/docs/guides/tools-web-search; OpenRouter adds `content`.
    """
    return _in_order(
        Source(_texts(one, "url", "title"), _text(one, "content")) for one in _cited_urls(reply)
    )


def azure_citations(reply: Reply) -> Numbered:
    """Azure OpenAI On Your Data: `message.context.citations`, cited as [doc1].

    https://learn.microsoft.com/azure/ai-services/openai/references/on-your-data
    """
    context = _message(reply).get("context")
    listed = _objects(context, "citations") if isinstance(context, Mapping) else []
    return _in_order(
        Source(_texts(one, "filepath", "url", "title"), _text(one, "content")) for one in listed
    )


def open_webui_sources(reply: Reply) -> Numbered:
    """Open WebUI: `sources`, each with the pieces of text in `document` and as many `metadata`.

    Its prompt numbers the distinct `metadata.source`, not the pieces
    (open_webui/utils/middleware.py, apply_source_context_to_messages).
    """
    pieces: dict[str, list[Source]] = {}
    for group in _objects(reply, "sources"):
        told = group.get("source")
        about: Reply = told if isinstance(told, Mapping) else {}
        texts = group.get("document")
        for text, metadata in zip(
            texts if isinstance(texts, list) else [], _objects(group, "metadata"), strict=False
        ):
            key = _text(metadata, "source") or _text(about, "id") or "N/A"
            names = _texts(metadata, "source", "name") + _texts(about, "name", "id")
            pieces.setdefault(key, []).append(Source(tuple(dict.fromkeys(names)), str(text)))
    return {number: tuple(found) for number, found in enumerate(pieces.values(), 1)}


_SHAPES: tuple[Callable[[Reply], Numbered], ...] = (
    footnote_citations,
    perplexity_results,
    perplexity_citations,
    azure_citations,
    open_webui_sources,
    url_annotations,
)


def with_brackets(answer: str, reply: Reply) -> str:
    """The answer with a bracketed number where an annotation says that an address is cited.

    OpenAI's answers have links, not numbers: `start_index` to `end_index` is the link's place in
    the answer. The numbers are those of `url_annotations`. A link is replaced; after anything else
    the number is added.
    """
    numbers = {url: number for number, url in enumerate(map(_url, _cited_urls(reply)), 1)}
    placed = [
        (start, end, numbers[_url(one)])
        for one in _annotations(reply)
        if (start := _whole(one.get("start_index"))) is not None
        and (end := _whole(one.get("end_index"))) is not None
        and 0 <= start < end <= len(answer)
    ]
    for start, end, number in sorted(placed, reverse=True):
        cited = answer[start:end]
        kept = "" if "](" in cited or cited.strip(" ()").startswith("http") else cited
        answer = f"{answer[:start]}{kept} [{number}]{answer[end:]}"
    return answer


def _cited_urls(reply: Reply) -> list[Reply]:
    """The annotations, the first of each address."""
    first: dict[str, Reply] = {}
    for one in _annotations(reply):
        first.setdefault(_url(one), one)
    return list(first.values())


def _annotations(reply: Reply) -> list[Reply]:
    cited = [one.get("url_citation") for one in _objects(_message(reply), "annotations")]
    return [one for one in cited if isinstance(one, Mapping) and _url(one)]


def _url(annotation: Reply) -> str:
    return _text(annotation, "url")


def _span(one: Reply) -> Span | None:
    start, end = _whole(one.get("start_char_index")), _whole(one.get("end_char_index"))
    if start is None or end is None:
        return None
    support = one.get("support")
    return Span(
        document_id=_text(one, "document_id"),
        start=start,
        end=end,
        page=_whole(one.get("page")),
        support=float(support) if isinstance(support, int | float) else None,
    )


def _message(reply: Reply) -> Reply:
    choices = _objects(reply, "choices")
    message = choices[0].get("message") if choices else None
    return message if isinstance(message, Mapping) else {}


def _objects(holder: Reply, name: str) -> list[Reply]:
    listed = holder.get(name)
    return [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []


def _texts(one: Reply, *names: str) -> tuple[str, ...]:
    return tuple(text for name in names if (text := _text(one, name)))


def _text(one: Reply, name: str) -> str:
    value = one.get(name)
    return value if isinstance(value, str) else ""


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _in_order(sources: Iterable[Source]) -> Numbered:
    return {number: (source,) for number, source in enumerate(sources, 1)}
