"""`python -m eval.training.fit_extractive SQUAD_FILE ... --out FILE`: fit the engine's weights.

Two regressions: one scores sentences, one says whether there is an answer.
Reported figures come from cross-validation over articles; the weights written are fitted on all.
With several rankers, the Nth reads the questions on articles of fold N, on which it must not have
been trained (`train_ranker --fold`); questions of folds that have none are left out.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from eval.cases.squad import load_squad
from eval.training.cross_validation import cross_validate
from eval.training.examples import SEED, Example, RankerOf, collect_examples
from eval.training.folds import fold_of, in_fold
from eval.training.regressions import fit_confidence, fit_sentence
from ingest.embedding import Encoder, load_encoder
from ingest.settings import IngestSettings, load_settings
from service.answering.ranking import SentenceRanker
from service.answering.ranking.cross_encoder import CrossEncoderRanker
from service.answering.ranking.sentence_vectors import SentenceVectors
from service.answering.ranking.weights import Regression


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    settings = load_settings(IngestSettings)
    encoder = load_encoder(settings.embedding_model, settings.cache / "models")
    examples = list(
        _examples(options, encoder, _ranker_of(options.rankers, options.folds, encoder), settings)
    )
    report = cross_validate(examples)
    print(json.dumps(report, indent=2))
    examples = [e for e in examples if not in_fold(e.article, options.fold)]
    if options.out:
        sentence = fit_sentence(examples)
        data = {
            "sentence": _plain(sentence),
            "confidence": _plain(fit_confidence(examples, sentence)),
            "provenance": {
                "command": _command(options),
                "data": options.data,
                "seed": SEED,
                "date": date.today().isoformat(),
                "cross_validation_over_articles": report,
            },
        }
        options.out.write_text(json.dumps(data, indent=2) + "\n", "utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.training.fit_extractive", description=__doc__
    )
    parser.add_argument("squad", type=Path, nargs="+", help="SQuAD-format files")
    parser.add_argument("--out", type=Path, help="where to write the weights")
    parser.add_argument("--questions", type=int, help="how many a file, drawn at random")
    parser.add_argument(
        "--rankers", type=Path, nargs="*", default=[], help="folders (default: sentence vectors)"
    )
    parser.add_argument("--folds", type=int, help="how many there are (default: one a ranker)")
    parser.add_argument("--fold", help="N/M: fit without fold N of M, from 0, of the articles")
    parser.add_argument("--data", default="", help="what the files are, for the provenance")
    return parser


def _ranker_of(folders: list[Path], folds: int | None, encoder: Encoder) -> RankerOf:
    rankers: list[SentenceRanker] = [CrossEncoderRanker(folder) for folder in folders]
    rankers = rankers or [SentenceVectors(encoder)]
    by_fold = dict(enumerate(rankers))
    return lambda article: by_fold.get(fold_of(article, folds or len(rankers)))


def _examples(
    options: argparse.Namespace, encoder: Encoder, ranker_of: RankerOf, settings: IngestSettings
) -> Iterator[Example]:
    for file in options.squad:
        with tempfile.TemporaryDirectory() as folder:
            yield from collect_examples(
                load_squad(file), encoder, ranker_of, settings, Path(folder), options.questions
            )


def _command(options: argparse.Namespace) -> str:
    files = " ".join(f"{file.parent.name}/{file.name}" for file in options.squad)
    rankers = " ".join(folder.name for folder in options.rankers)
    return (
        f"python -m eval.training.fit_extractive {files}"
        + (f" --questions {options.questions}" if options.questions else "")
        + (f" --rankers {rankers}" if rankers else "")
        + (f" --folds {options.folds}" if options.folds else "")
        + (f" --fold {options.fold}" if options.fold else "")
        + f" --out {options.out.name}"
    )


def _plain(regression: Regression) -> dict[str, Any]:
    return {
        "features": list(regression.features),
        "weights": [round(value, 5) for value in regression.weights],
        "mean": [round(value, 5) for value in regression.mean],
        "scale": [round(value, 5) for value in regression.scale],
        "intercept": round(regression.intercept, 5),
    }


if __name__ == "__main__":
    sys.exit(main())
