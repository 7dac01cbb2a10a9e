"""Retrieval told to whoever listens to LlamaIndex's instrumentation.

LlamaIndex takes seconds to import: who listens to it has done that.
"""

import sys
from collections.abc import Callable

from service.retrieval.retrieved import RetrievedPassage

_IMPORTED = "llama_index.core.instrumentation"


def announced(
    question: str, retrieve: Callable[[], list[RetrievedPassage]]
) -> list[RetrievedPassage]:
    """What `retrieve` gives, between the events of LlamaIndex's own retrievers."""
    if _IMPORTED not in sys.modules or not _is_heard():
        return retrieve()

    from llama_index.core.instrumentation.events.retrieval import (
        RetrievalEndEvent,
        RetrievalStartEvent,
    )
    from llama_index_instrumentation import get_dispatcher

    from service.llamaindex import node_of

    dispatcher = get_dispatcher(__name__)
    dispatcher.event(RetrievalStartEvent(str_or_query_bundle=question))
    found = retrieve()
    nodes = [node_of(passage) for passage in found]
    dispatcher.event(RetrievalEndEvent(str_or_query_bundle=question, nodes=nodes))
    return found


def _is_heard() -> bool:
    from llama_index_instrumentation import get_dispatcher
    from llama_index_instrumentation.event_handlers import NullEventHandler

    handlers = get_dispatcher("root").event_handlers
    return any(not isinstance(handler, NullEventHandler) for handler in handlers)
