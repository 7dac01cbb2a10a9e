"""`python -m eval.benchmarks.embedding_quality FILE`: what the fast encoder costs in retrieval.

Paragraphs and questions of a SQuAD-format file are embedded by the encoder (int8, ONNX Runtime)
and by the same model unquantised (fp32, sentence-transformers); for each, the share of questions
whose own paragraph is the nearest (hit@1) or among the five nearest (hit@5).
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.cases.squad import SquadArticle, load_squad
from ingest.embedding import load_encoder
from ingest.embedding.weights import locate
from ingest.settings import IngestSettings, load_settings

Vectors = NDArray[np.float32]


def main() -> None:
    made = argparse.ArgumentParser(
        prog="python -m eval.benchmarks.embedding_quality", description=__doc__
    )
    made.add_argument("file", type=Path, help="a SQuAD-format file")
    paragraphs, questions, gold = _read(load_squad(made.parse_args().file))
    settings = load_settings(IngestSettings)
    encoder = load_encoder(settings.embedding_model, settings.models)
    fast = encoder.get_text_embedding_batch(paragraphs)
    asked = np.array([encoder.get_query_embedding(q) for q in questions], dtype=np.float32)
    exact, exact_asked = _unquantised(settings.embedding_model, paragraphs, questions)
    cosine = float(np.mean(np.sum(fast * exact, axis=1)))
    print(f"{len(paragraphs)} paragraphs, {len(questions)} questions, mean cosine {cosine:.4f}")
    for name, vectors, of_questions in (("int8", fast, asked), ("fp32", exact, exact_asked)):
        first, five = (hits(of_questions @ vectors.T, gold, k) for k in (1, 5))
        print(f"{name}  hit@1 {first:.4f}  hit@5 {five:.4f}")


def hits(similarities: Vectors, gold: NDArray[np.int64], k: int) -> float:
    """Share of rows whose gold column is among the k highest. Shape (questions, paragraphs)."""
    best = np.argsort(-similarities, axis=1, kind="stable")[:, :k]
    return float(np.mean((best == gold[:, None]).any(axis=1)))


def _read(articles: list[SquadArticle]) -> tuple[list[str], list[str], NDArray[np.int64]]:
    """Paragraphs, answerable questions, and the index of each question's paragraph."""
    paragraphs: list[str] = []
    questions: list[str] = []
    gold: list[int] = []
    for article in articles:
        starts = [0]
        parts = article.text.split("\n\n")
        for part in parts:
            starts.append(starts[-1] + len(part) + 2)
        for asked in article.questions:
            if asked.span is not None:
                number = int(np.searchsorted(starts, asked.span[0], side="right")) - 1
                questions.append(asked.question)
                gold.append(len(paragraphs) + number - 1)  # the first part is the title
        paragraphs += parts[1:]
    return paragraphs, questions, np.array(gold)


def _unquantised(name: str, paragraphs: list[str], questions: list[str]) -> tuple[Vectors, Vectors]:
    from sentence_transformers import SentenceTransformer  # takes seconds

    model = SentenceTransformer(locate(name), device="cpu")
    embed = [model.encode(texts, normalize_embeddings=True) for texts in (paragraphs, questions)]
    return embed[0], embed[1]


if __name__ == "__main__":
    main()
