"""`python -m eval.fit_confidence SQUAD_FILE --out FILE`: fit the extractive engine's confidence.

Every answerable question is asked four times: of an index of all articles and of one of its own
article alone, each time as it is, and with what answers it taken away (its article from the
large index; from the small one, the paragraph with the answer and whatever repeats the answer).
The first kind should be answered, the second refused. Unanswerable questions of the file are
refused too. Reported figures come from cross-validation over articles; the written weights are
fitted on all of them. Method: logistic regression (scikit-learn).
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from eval.squad import SquadArticle, SquadQuestion, load_squad, write_articles
from ingest.__main__ import run as ingest
from ingest.documents import document_id
from ingest.embedding import Encoder, load_encoder
from ingest.opening import open_index
from ingest.settings import IngestSettings, load_settings
from service.answering.confidence import FEATURES, confidence_features
from service.answering.sentences import score_sentences
from service.retrieval.fulltext import FullText, fulltext_place
from service.retrieval.hybrid import RetrievedPassage, Retriever
from service.retrieval.words import content_stems

_SEED = 7
_RETRIEVED = 8


@dataclass(frozen=True, slots=True)
class Example:
    features: list[float]
    answerable: bool
    article: str
    kind: str


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.fit_confidence")
    parser.add_argument("squad", type=Path, help="a SQuAD-format file")
    parser.add_argument("--out", type=Path, help="where to write the weights")
    parser.add_argument("--questions", type=int, default=1500, help="how many, drawn at random")
    options = parser.parse_args(arguments)
    settings = load_settings(IngestSettings)
    encoder = load_encoder(settings.embedding_model, settings.cache / "models")
    articles = load_squad(options.squad)
    with tempfile.TemporaryDirectory() as folder:
        examples = list(collect(articles, encoder, settings, Path(folder), options.questions))
    report = cross_validate(examples)
    print(json.dumps(report, indent=2))
    if options.out:
        write(fit(examples), report, options, options.out)
    return 0


def collect(
    articles: list[SquadArticle],
    encoder: Encoder,
    settings: IngestSettings,
    folder: Path,
    most: int,
) -> Iterator[Example]:
    write_articles(articles, folder / "all")
    asked = [question for article in articles for question in article.questions]
    random.Random(_SEED).shuffle(asked)
    asked = asked[:most]
    together = _retriever(folder / "all", folder / "index-all", encoder, settings)
    for question in asked:
        yield from _examples(question, together, encoder, alone=False)
    for article in articles:
        write_articles([article], folder / article.source)
        alone = _retriever(
            folder / article.source, folder / f"index-{article.source}", encoder, settings
        )
        for question in asked:
            if question.article == article.source:
                yield from _examples(question, alone, encoder, alone=True)


def _retriever(
    documents: Path, place: Path, encoder: Encoder, settings: IngestSettings
) -> Retriever:
    settings = settings.model_copy(update={"index": str(place)})
    ingest(settings, [str(documents)])
    fulltext = FullText(fulltext_place(str(place), settings.cache))
    retriever = Retriever(open_index(str(place)), fulltext, encoder)
    retriever.sync()
    return retriever


def _examples(
    question: SquadQuestion, retriever: Retriever, encoder: Encoder, alone: bool
) -> Iterator[Example]:
    found = retriever.retrieve(question.question, 5 * _RETRIEVED)
    where = "alone" if alone else "all"
    answerable = question.start is not None
    yield _example(question, found, retriever, encoder, answerable, f"{where} as it is")
    if answerable:
        rest = _without_answer(question, found, retriever, alone)
        yield _example(question, rest, retriever, encoder, False, f"{where} without the answer")


def _without_answer(
    question: SquadQuestion, found: list[RetrievedPassage], retriever: Retriever, alone: bool
) -> list[RetrievedPassage]:
    gold = document_id(question.article)
    if not alone:
        return [item for item in found if item.record.document_id != gold]
    assert question.start is not None and question.end is not None
    text = retriever.index.document(gold).text
    answer = text[question.start : question.end].casefold()
    return [item for item in found if answer not in item.passage.text.casefold()]


def _example(
    question: SquadQuestion,
    found: Sequence[RetrievedPassage],
    retriever: Retriever,
    encoder: Encoder,
    answerable: bool,
    kind: str,
) -> Example:
    passages = found[:_RETRIEVED]
    idf = retriever.fulltext.idf(content_stems(question.question))
    scored = score_sentences(question.question, idf, passages, encoder)
    features = confidence_features(question.question, idf, passages, scored)
    return Example(features, answerable, question.article, kind)


def fit(examples: Sequence[Example]):  # type: ignore[no-untyped-def]
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))
    return model.fit([e.features for e in examples], [e.answerable for e in examples])


def cross_validate(examples: Sequence[Example], folds: int = 6) -> dict[str, object]:
    """AUROC by kind of refusal, and shares answered and refused at probability 0.5."""
    from sklearn.metrics import roc_auc_score

    articles = sorted({example.article for example in examples})
    probability = np.zeros(len(examples))
    for fold in range(folds):
        held = set(articles[fold::folds])
        model = fit([e for e in examples if e.article not in held])
        rows = [n for n, e in enumerate(examples) if e.article in held]
        probability[rows] = model.predict_proba([examples[n].features for n in rows])[:, 1]
    truth = np.array([example.answerable for example in examples])
    kinds = np.array([example.kind for example in examples])
    report: dict[str, object] = {"examples": len(examples)}
    for where in ("all", "alone"):
        yes = (kinds == f"{where} as it is") & truth
        no = (kinds == f"{where} without the answer") & ~truth
        report[where] = {
            "auroc": round(float(roc_auc_score(truth[yes | no], probability[yes | no])), 4),
            "answered": round(float((probability[yes] >= 0.5).mean()), 4),
            "refused": round(float((probability[no] < 0.5).mean()), 4),
        }
    return report


def write(model, report: dict[str, object], options, out: Path) -> None:  # type: ignore[no-untyped-def]
    scaler, regression = model[0], model[1]
    data = {
        "features": list(FEATURES),
        "weights": [round(float(value), 5) for value in regression.coef_[0]],
        "mean": [round(float(value), 5) for value in scaler.mean_],
        "scale": [round(float(value), 5) for value in scaler.scale_],
        "intercept": round(float(regression.intercept_[0]), 5),
        "provenance": {
            "command": f"python -m eval.fit_confidence {options.squad.parent.name}/"
            f"{options.squad.name} --questions {options.questions}",
            "seed": _SEED,
            "date": date.today().isoformat(),
            "cross_validation_over_articles": report,
        },
    }
    out.write_text(json.dumps(data, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
