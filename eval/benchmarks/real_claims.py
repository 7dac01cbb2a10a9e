"""`python -m eval.benchmarks.real_claims FILE`: the support model on claims that people wrote,
against the pages they cite (WiCE, Kamoi et al. 2023, https://arxiv.org/abs/2303.01432).

The evidence of a claim is a whole page, so it is looked for first: the sentences nearest to the
claim by tf-idf. Beside the model stands similarity alone: the highest cosine of a sentence's and
the claim's embedding. Supported claims are to be told from all others, as the set's authors do,
and from those of which nothing is supported.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from ingest.embedding import Embedding, load_embedding
from ingest.settings import load_settings
from service.answering.support.trained_model import Reading, SupportModel, together
from service.settings import ServiceSettings

_READ = 8  # sentences, each alone and with its neighbours
_GROUPS = (2, 3, 5)  # nearest sentences that are also read together
_LONGEST = 1500  # characters of a piece of evidence


@dataclass(frozen=True, slots=True)
class RealClaim:
    text: str
    page: tuple[str, ...]
    """The sentences of the page it cites."""
    label: str
    """supported, partially_supported or not_supported."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Of one claim."""

    similarity: float
    words: float
    """tf-idf of the nearest sentence."""
    reading: Reading


def main() -> None:
    made = argparse.ArgumentParser(
        prog="python -m eval.benchmarks.real_claims", description=__doc__
    )
    made.add_argument("file", type=Path, help="WiCE's claims, one JSON object a line")
    claims = read(made.parse_args().file)
    settings = load_settings(ServiceSettings)
    embedding = load_embedding(
        settings.embedding_model, settings.models, settings.embedding_api_key
    )
    model = SupportModel()
    scores = [scored(claim, embedding, model) for claim in claims]
    Console().print(_table(claims, scores))


def read(file: Path) -> list[RealClaim]:
    rows = map(json.loads, file.read_text("utf-8").splitlines())
    return [RealClaim(row["claim"], tuple(row["evidence"]), row["label"]) for row in rows]


def scored(claim: RealClaim, embedding: Embedding, model: SupportModel) -> Scores:
    near = nearest(claim.text, claim.page, _READ)
    places = [place for place, _ in near]
    around = [" ".join(claim.page[max(0, n - 1) : n + 2]) for n in places]
    groups = [" ".join(claim.page[n] for n in sorted(places[:size])) for size in _GROUPS]
    alone = [claim.page[n] for n in places]
    readings = model.read(claim.text, [text[:_LONGEST] for text in around + alone + groups])
    vectors = embedding.get_text_embedding_batch([text[:_LONGEST] for text in alone])
    asked = np.asarray(embedding.get_query_embedding(claim.text))
    return Scores(float(np.max(np.asarray(vectors) @ asked)), near[0][1], together(readings))


def nearest(text: str, sentences: Sequence[str], most: int) -> list[tuple[int, float]]:
    """Positions of the nearest sentences by tf-idf, the nearest first, and how near each is."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(sublinear_tf=True).fit([*sentences, text])
    near = (vectorizer.transform(sentences) @ vectorizer.transform([text]).T).toarray()[:, 0]
    return [(int(n), float(near[n])) for n in np.argsort(-near, kind="stable")[:most]]


RANKINGS: dict[str, Callable[[Scores], float]] = {
    "similarity alone (cosine)": lambda one: one.similarity,
    "words alone (tf-idf)": lambda one: one.words,
    "support model, the whole claim": lambda one: one.reading.support,
    "support model, word by word": lambda one: one.reading.coverage,
}
PUBLISHED = (("T5-3B trained on ANLI (Kamoi et al. 2023)", 0.643), ("people (same)", 0.833))
"""F1 on the test split, as the set's authors give it; T5-3B has 3 billion parameters, the support
model 22 million."""


def f1(supported: np.ndarray, scores: np.ndarray) -> float:
    """The F1 of the supported claims when each claim is judged by the threshold that is best for
    the claims of the other half (even and odd ones)."""
    judged = np.zeros(len(scores), dtype=bool)
    for half in (0, 1):
        here, other = np.arange(half, len(scores), 2), np.arange(1 - half, len(scores), 2)
        best = max(scores[other], key=lambda t: _f1(supported[other], scores[other] >= t))
        judged[here] = scores[here] >= best
    return _f1(supported, judged)


def _f1(supported: np.ndarray, judged: np.ndarray) -> float:
    both = float(np.sum(supported & judged))
    return 2 * both / float(np.sum(supported) + np.sum(judged))


def _table(claims: Sequence[RealClaim], scores: Sequence[Scores]) -> Table:
    from sklearn.metrics import roc_auc_score

    labels = np.array([claim.label for claim in claims])
    supported, decided = labels == "supported", labels != "partially_supported"
    table = Table(title=f"{len(claims)} claims, {int(supported.sum())} of them supported")
    for name in ("by", "AUROC, all others", "F1", "AUROC, nothing supported"):
        table.add_column(name, justify="left" if name == "by" else "right")
    for name, ranking in RANKINGS.items():
        values = np.array([ranking(one) for one in scores])
        figures = (
            roc_auc_score(supported, values),
            f1(supported, values),
            roc_auc_score(supported[decided], values[decided]),
        )
        table.add_row(name, *(f"{figure:.3f}" for figure in figures))
    table.add_section()
    for name, published in PUBLISHED:
        table.add_row(name, "", f"{published:.3f}", "")
    return table


if __name__ == "__main__":
    main()
