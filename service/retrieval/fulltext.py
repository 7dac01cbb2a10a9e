"""The full-text index: BM25 by tantivy, derived from the passages in Chroma.

It holds nothing of its own: whatever is missing or behind is made again from the index. What it
was made from (the index's revision, each document's version) stands in it as entries, so that one
commit changes passages and that knowledge together.
"""

import hashlib
import logging
import math
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import tantivy
from filelock import FileLock, Timeout

from ingest.documents import Passage
from ingest.errors import DocumentNotFound, FootnoteError, IndexUnreachable
from ingest.full_disk import is_disk_full, is_nearly_full
from ingest.index import Index
from ingest.index.database import is_url
from ingest.index.record import DocumentRecord
from service.retrieval.words import ANALYZER, UNSTEMMED, analyzer, unstemmed

_HEAP = 64_000_000
_CONTEXT_WEIGHT = 0.3  # a question's words in title and headings count less than in the text
_ENTRIES = 10_000_000
_ATTEMPTS = 3  # while documents are being replaced
_WAIT_S = 2.0  # for another process that brings it up to date
_IMPATIENT_S = 10.0  # in which it is not waited for, or tried, again
_UNWRITABLE = ("permission denied", "read-only file system", "lockbusy")
_K1 = 1.2  # how soon repeated words stop counting; tantivy has the same


_log = logging.getLogger("footnote")


def fulltext_place(location: str, cache: Path) -> Path:
    """Where the full-text index of an index stands: inside its folder, or in the cache."""
    if is_url(location):
        return cache / "fulltext" / hashlib.sha256(location.encode()).hexdigest()[:16]
    return Path(location) / "fulltext"


class FullText:
    """BM25 search over passages. `sync` before searching."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._patient_from = 0.0
        self._rests_until = 0.0
        self._rests_with = ""  # a generation of the index: another one is not like it
        self._index = self._open() or _new()

    def sync(self, index: Index, revision: str | None = None) -> None:
        """Bring it to the state of `index`, whose revision may just have been read; costs one
        small read when nothing has changed. Where another process does that work it is waited for,
        a little; where it cannot be done, what there is stays.

        Raises IndexUnreachable when there is nothing to search.
        """
        revision = revision or index.revision()
        if self._is_at(revision) or self._rests(index):
            return
        with self._turn(index) as is_ours:
            if is_ours:
                self._bring_to(index, revision)

    def _is_at(self, revision: str) -> bool:
        with suppress(Exception):  # damaged files: they are made again
            return _revision(self._index) == revision
        return False

    def _rests(self, index: Index) -> bool:
        """Whether it could not be written a moment ago, and what there is may still be searched."""
        is_early = time.monotonic() < self._rests_until
        return is_early and index.collections.generation == self._rests_with

    @contextmanager
    def _turn(self, index: Index) -> Iterator[bool]:
        """Whether this process may write: no other does, or it has just ended."""
        wait = 0.0 if time.monotonic() < self._patient_from else _WAIT_S
        path = self._place.with_name(f"{self._place.name}.lock")
        lock = FileLock(path, timeout=wait, is_singleton=False, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            # It makes a large index: to wait for each question would hold up all of them.
            self._patient_from = time.monotonic() + _IMPATIENT_S
            with suppress(Exception):
                self._index.reload()
            yield False
            return
        except OSError as error:
            self._stay_as_it_is(error, index)
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def _bring_to(self, index: Index, revision: str) -> None:
        """Who searches meanwhile does so in what there was: never in one that is half made."""
        try:
            try:
                made = self._open() or self._make_again()  # others may have made it anew
                self._follow(made, index, revision)
            except (KeyboardInterrupt, SystemExit, FootnoteError):
                raise
            except BaseException as error:  # damaged files; a panic of tantivy's is no Exception
                if self._is_unwritable(error):
                    return self._stay_as_it_is(error, index)
                made = self._make_again()
                self._follow(made, index, None)
            self._index = made
        except (OSError, ValueError) as error:  # tantivy's failures are ValueErrors
            self._stay_as_it_is(error, index)

    def _stay_as_it_is(self, error: BaseException, index: Index) -> None:
        """Search what there is. Raises IndexUnreachable when that is nothing."""
        if not any(self._takes(there) for there in (self._open(), self._index)):
            raise IndexUnreachable(
                f"the full-text index {self._place} cannot be written: {error}"
            ) from error
        self._rests_until = time.monotonic() + _IMPATIENT_S
        self._rests_with = index.collections.generation
        _log.warning("the full-text index %s is behind: %s", self._place, error)

    def _takes(self, there: tantivy.Index | None) -> bool:
        """Whether there is something to search, which is done from now on."""
        with suppress(Exception):
            if there is not None and _versions(there):
                self._index = there
                return True
        return False

    def _is_unwritable(self, error: BaseException) -> bool:
        if is_disk_full(error):
            return True
        said = str(error).casefold()
        return any(words in said for words in _UNWRITABLE) or is_nearly_full(self._place)

    def _follow(self, made: tantivy.Index, index: Index, revision: str | None) -> None:
        for _ in range(_ATTEMPTS):
            revision = revision or index.revision()
            if _revision(made) == revision or self._update(made, index, revision):
                return
            revision = None

    def _update(self, made: tantivy.Index, index: Index, revision: str) -> bool:
        """Add and delete what differs; False when a document was replaced meanwhile."""
        with _writer(made) as writer:
            generation = index.collections.generation
            whole = [record for record in index.all_records() if record.state == "whole"]
            wanted = {record.document_id: f"{generation}/{record.version}" for record in whole}
            held = _versions(made)
            for document_id, version in held.items():
                if wanted.get(document_id) != version:
                    writer.delete_documents_by_term("document_id", document_id)
            missing = [r for r in whole if held.get(r.document_id) != wanted[r.document_id]]
            added = [
                self._add_document(writer, index, record, wanted[record.document_id])
                for record in missing
            ]
            complete = all(added) and index.collections.generation == generation
            writer.delete_documents_by_term("kind", "revision")
            if complete:
                self._add_entry(writer, "revision", "", revision)
            writer.commit()
        made.reload()
        return complete

    def _add_document(
        self, writer: tantivy.IndexWriter, index: Index, record: DocumentRecord, version: str
    ) -> bool:
        try:
            passages = index.passages_of(record)
        except DocumentNotFound:
            return False
        for passage in passages:
            self._add(writer, record.title, passage)
        said = [record.title, *(text for p in passages for text in (p.text, *p.headings))]
        self._add_entry(writer, "version", record.document_id, version, said)
        return True

    def search(
        self, words: Sequence[str], limit: int, document_ids: Sequence[str] | None = None
    ) -> dict[str, float]:
        """BM25 scores by passage id of the best passages for these stems."""
        if not words:
            return {}
        query = self._any_of(words)
        if document_ids:
            within = tantivy.Query.term_set_query(self._schema, "document_id", list(document_ids))
            query = tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, query),
                    (tantivy.Occur.Must, tantivy.Query.const_score_query(within, 0.0)),
                ]
            )
        searcher = self._index.searcher()
        hits = searcher.search(query, limit, count=False).hits
        return {str(searcher.doc(at)["passage_id"][0]): float(score) for score, at in hits}

    def idf(self, words: Sequence[str]) -> dict[str, float]:
        """Inverse document frequency of stems over all passages, as BM25 defines it."""
        searcher = self._index.searcher()
        total = max(1, searcher.num_docs)
        found: dict[str, float] = {}
        for word in words:
            frequency = searcher.doc_freq("text", word)
            found[word] = math.log1p((total - frequency + 0.5) / (frequency + 0.5))
        return found

    def has(self, stem: str) -> bool:
        """Whether a passage, its headings or its document's title have this stem."""
        searcher = self._index.searcher()
        return any(searcher.doc_freq(field, stem) for field in ("text", "context"))

    def has_word(self, word: str) -> bool:
        """Whether a document has this word, in lower case and without accents."""
        return self._index.searcher().doc_freq("words", word) > 0

    def words(self, prefix: str) -> dict[str, int]:
        """Words of the documents, in lower case and without accents, that begin so, and how many
        documents have each."""
        every = tantivy.Query.all_query()  # without it, words of deleted documents come too
        return dict(self._index.searcher().terms_with_prefix("words", prefix, every))

    def highest_score(self, words: Sequence[str]) -> float:
        """The BM25 score that a text full of these stems would approach."""
        return sum(idf * (_K1 + 1) for idf in self.idf(words).values())

    @property
    def _schema(self) -> tantivy.Schema:
        return self._index.schema

    def _open(self) -> tantivy.Index | None:
        """What is there; None when there is none, or it is damaged."""
        try:
            there = tantivy.Index.exists(str(self._place))
            return _new(self._place) if there else None
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # damaged, or of another schema; a panic is no Exception
            return None

    def _make_again(self) -> tantivy.Index:
        shutil.rmtree(self._place, ignore_errors=True)
        self._place.mkdir(parents=True)
        return _new(self._place)

    def _any_of(self, words: Sequence[str]) -> tantivy.Query:
        clauses = []
        for word in words:
            text = tantivy.Query.term_query(self._schema, "text", word)
            context = tantivy.Query.boost_query(
                tantivy.Query.term_query(self._schema, "context", word), _CONTEXT_WEIGHT
            )
            clauses += [(tantivy.Occur.Should, text), (tantivy.Occur.Should, context)]
        return tantivy.Query.boolean_query(clauses)

    def _add(self, writer: tantivy.IndexWriter, title: str, passage: Passage) -> None:
        entry = tantivy.Document()
        entry.add_text("kind", "passage")
        entry.add_text("document_id", passage.document_id)
        entry.add_text("passage_id", passage.id)
        entry.add_text("text", passage.text)
        entry.add_text("context", " ".join([title, *passage.headings]))
        writer.add_document(entry)

    def _add_entry(
        self,
        writer: tantivy.IndexWriter,
        kind: str,
        document_id: str,
        value: str,
        said: Sequence[str] = (),
    ) -> None:
        entry = tantivy.Document()
        entry.add_text("kind", kind)
        entry.add_text("document_id", document_id)
        entry.add_text("value", value)
        for text in said:
            entry.add_text("words", text)
        writer.add_document(entry)


def _new(place: Path | None = None) -> tantivy.Index:
    """An index in a folder, opened if there is one, or in memory."""
    index = tantivy.Index(_schema(), path=None if place is None else str(place))
    index.register_tokenizer(ANALYZER, analyzer())
    index.register_tokenizer(UNSTEMMED, unstemmed())
    return index


@contextmanager
def _writer(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    """One that is gone afterwards, whatever happens: while it is there, no other can be."""
    writer = index.writer(_HEAP, 1)
    try:
        yield writer
    except BaseException:
        with suppress(Exception):
            writer.wait_merging_threads()
        raise
    writer.wait_merging_threads()


def _revision(index: tantivy.Index) -> str | None:
    return next((value for _, value in _entries(index, "revision")), None)


def _versions(index: tantivy.Index) -> dict[str, str]:
    """What each document's passages were made from, the generation too: a rebuilt index may tile
    the same text otherwise."""
    return dict(_entries(index, "version"))


def _entries(index: tantivy.Index, kind: str) -> list[tuple[str, str]]:
    searcher = index.searcher()
    query = tantivy.Query.term_query(index.schema, "kind", kind)
    found = searcher.search(query, min(_ENTRIES, max(1, searcher.num_docs)), count=False)
    entries = (searcher.doc(at) for _, at in found.hits)
    return [(str(entry["document_id"][0]), str(entry["value"][0])) for entry in entries]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("kind", "document_id", "passage_id", "value"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("text", "context"):
        builder.add_text_field(name, tokenizer_name=ANALYZER, index_option="freq")
    # A document's words, at the entry of its version: once a document takes little room.
    builder.add_text_field("words", tokenizer_name=UNSTEMMED, index_option="basic")
    return builder.build()
