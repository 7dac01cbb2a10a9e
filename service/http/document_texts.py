"""Texts of documents, remembered: who follows footnotes opens the same ones again and again."""

import threading

from cachetools import LRUCache

from ingest.index import DocumentRecord, Index

_MOST_CHARACTERS = 8_000_000


class DocumentTexts:
    """The canonical texts that were read last; a version's text never changes."""

    def __init__(self) -> None:
        self._texts: LRUCache[tuple[str, str], str] = LRUCache(_MOST_CHARACTERS, getsizeof=len)
        self._lock = threading.Lock()

    def of(self, index: Index, record: DocumentRecord) -> str:
        """Raises DocumentNotFound."""
        key = (record.document_id, record.version)
        with self._lock:
            text = self._texts.get(key)
        if text is None:
            text = index.text_of(record)
            with self._lock:
                if len(text) <= _MOST_CHARACTERS:
                    self._texts[key] = text
        return text
