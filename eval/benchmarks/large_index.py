"""An index of many passages, most of them drawn at random and some real, made and asked in
processes of their own: what made it would count into the memory of who asks."""

import os
import shutil
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

from eval.benchmarks.drawn_documents import write_drawn
from eval.benchmarks.drawn_vectors import DrawnVectors, zipf_sentences
from eval.benchmarks.ingest_speed import memory_of
from eval.cases.case import Case
from ingest.embedding import load_encoder
from ingest.embedding.weights import locate
from ingest.index.opening import open_index
from ingest.run import run as ingest
from ingest.settings import load_settings
from service.assembly import Assembly
from service.settings import ServiceSettings

P = ParamSpec("P")
T = TypeVar("T")

Timings = dict[str, float]
"""Milliseconds by part."""
WARM_UP = 3
"""The first so many questions are not counted: they load what is loaded once."""


@dataclass(frozen=True, slots=True)
class Made:
    """An index and what making it took: seconds to ingest, and to make its full-text index."""

    documents: int
    passages: int
    ingested: float
    indexed: float


@dataclass(frozen=True, slots=True)
class Answered:
    """What asking took: seconds to open the index, and to answer the first question, for which
    Chroma loads the vectors; memory in MB once open and in the end; and the timings of each
    question, asked anew and asked again."""

    opened: float
    first: float
    memory_open: float
    memory: float
    new: Sequence[Timings]
    again: Sequence[Timings] = ()
    answers: int = 0


def apart(function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """Call a function in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments, **named).result()


def make(place: Path, passages: int, documents: Path) -> Made:
    """Fill the index with drawn passages and the real documents; only with what has changed since
    it was made, and nothing else stays in it."""
    settings = _settings(place)
    encoder = load_encoder(settings.embedding_model, settings.models)
    real, drawn = place / "real", place / "drawn"
    shutil.rmtree(real, ignore_errors=True)
    shutil.copytree(documents, real)
    write_drawn(drawn, passages, zipf_sentences(encoder), settings.passage_tokens)
    started = time.perf_counter()
    ingest(settings, [str(drawn)], prune=True, embedding=DrawnVectors(encoder))
    ingest(settings, [str(real)], prune=True, embedding=encoder)
    ingested = time.perf_counter()
    retriever = Assembly(settings).answerer().retriever
    retriever.sync()
    indexed = time.perf_counter() - ingested
    index = retriever.index
    return Made(index.document_count(), index.passage_count(), ingested - started, indexed)


def ask(place: Path, cases: Sequence[Case]) -> Answered:
    """Ask the default engine, as the service puts it together."""
    started = time.perf_counter()
    assembly = Assembly(_settings(place))
    assembly.warm_up()
    opened, memory_open = time.perf_counter() - started, memory_of(os.getpid())
    answerer = assembly.answerer()
    warm_up = [answerer.ask(case.question, case.history) for case in cases[:WARM_UP]]
    new, again = (
        [answerer.ask(case.question, case.history) for case in cases[WARM_UP:]] for _ in range(2)
    )
    return Answered(
        opened,
        warm_up[0].timings_ms["total"] / 1000,
        memory_open,
        memory_of(os.getpid()),
        [answer.timings_ms for answer in new],
        [answer.timings_ms for answer in again],
        sum(answer.kind == "answer" for answer in new),
    )


def ask_plain(place: Path, cases: Sequence[Case]) -> Answered:
    """Ask what a LlamaIndex user would write over the same collection, for as many passages."""
    from llama_index.core import VectorStoreIndex  # these imports take ten seconds
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from transformers.utils.logging import disable_progress_bar

    from ingest.llamaindex import vector_store

    disable_progress_bar()  # type: ignore[no-untyped-call]
    started = time.perf_counter()
    settings = _settings(place)
    retriever = VectorStoreIndex.from_vector_store(
        vector_store(open_index(settings.index)),
        embed_model=HuggingFaceEmbedding(model_name=locate(settings.embedding_model)),
    ).as_retriever(similarity_top_k=settings.retrieved_passages)
    opened, memory_open = time.perf_counter() - started, memory_of(os.getpid())
    taken = []
    for case in cases:
        before = time.perf_counter()
        retriever.retrieve(case.question)
        taken.append({"total": 1000 * (time.perf_counter() - before)})
    first = taken[0]["total"] / 1000
    return Answered(opened, first, memory_open, memory_of(os.getpid()), taken[WARM_UP:])


def _settings(place: Path) -> ServiceSettings:
    return load_settings(ServiceSettings, index=str(place / "index"))
