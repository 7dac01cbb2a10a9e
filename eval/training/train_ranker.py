"""`python -m eval.training.train_ranker --pairs FILE --squad FILE ... --out FOLDER`: train the
sentence ranker, a cross-encoder, from the default embedder's own weights.

One list of candidates a question: listwise softmax over them, plus half of the binary
cross-entropy of each, so that the score also tells whether there is an answer.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.cases.squad import SquadArticle, load_squad
from eval.training.ranking_examples import RankingExample, from_articles, from_pairs
from ingest.embedding.weights import locate
from ingest.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    import torch

SEED = 7
MOST_TOKENS = 128
_BATCH = 16
_RATE = 6e-5
_WARM_UP = 0.06
_REPORT_EVERY = 50


def main(arguments: list[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    examples: list[RankingExample] = []
    for path in options.pairs:
        examples += from_pairs(path, options.negatives, SEED)
    for path in options.squad:
        articles: Sequence[SquadArticle] = load_squad(path)
        examples += from_articles(articles, options.negatives, SEED, options.emptied)
    print(f"{len(examples)} lists", flush=True)
    train(examples, options.epochs, options.rate, options.start, options.out)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.training.train_ranker")
    parser.add_argument("--pairs", type=Path, nargs="*", default=[], help="question TAB sentence")
    parser.add_argument("--squad", type=Path, nargs="*", default=[], help="SQuAD-format files")
    parser.add_argument("--out", type=Path, required=True, help="folder for the trained model")
    parser.add_argument("--start", help="weights to begin with (default: the embedder's)")
    parser.add_argument("--epochs", type=float, default=1.0)
    parser.add_argument("--rate", type=float, default=_RATE, help="learning rate at its height")
    parser.add_argument("--negatives", type=int, default=4, help="others a list")
    parser.add_argument("--emptied", type=float, default=0.15, help="share of lists without answer")
    return parser


def train(
    examples: Sequence[RankingExample], epochs: float, rate: float, start: str | None, out: Path
) -> None:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    torch.manual_seed(SEED)
    place = start or locate(DEFAULT_MODEL)
    tokenizer = AutoTokenizer.from_pretrained(place)
    model = AutoModelForSequenceClassification.from_pretrained(place, num_labels=1)
    model.train()
    batches = list(_batches(examples, epochs))
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: _rate(n, len(batches)))
    started, total = time.perf_counter(), 0.0
    for number, batch in enumerate(batches, 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = _loss(model, tokenizer, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        total += float(loss.detach())
        if number % _REPORT_EVERY == 0:
            taken = time.perf_counter() - started
            mean, total = total / _REPORT_EVERY, 0.0
            print(f"{number}/{len(batches)} loss {mean:.4f} {taken:.0f} s", flush=True)
            if number % (10 * _REPORT_EVERY) == 0:
                _save(model, tokenizer, out)
    _save(model, tokenizer, out)


def _save(model: Any, tokenizer: Any, out: Path) -> None:
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)
    (out / "training.json").write_text(json.dumps({"seed": SEED, "batch": _BATCH}) + "\n")


def _rate(step: int, steps: int) -> float:
    """Linear warm-up, then linear decay."""
    warm = max(1, int(_WARM_UP * steps))
    return step / warm if step < warm else max(0.0, (steps - step) / max(1, steps - warm))


def _batches(examples: Sequence[RankingExample], epochs: float) -> Iterator[list[RankingExample]]:
    """Lists of about the same length together, so that little is padded; in random order."""
    draw = random.Random(SEED)
    left = int(epochs * len(examples))
    while left > 0:
        order = draw.sample(list(examples), min(left, len(examples)))
        left -= len(order)
        pool = 50 * _BATCH
        batches = []
        for first in range(0, len(order), pool):
            part = sorted(order[first : first + pool], key=lambda e: max(map(len, e.candidates)))
            batches += [part[n : n + _BATCH] for n in range(0, len(part), _BATCH)]
        draw.shuffle(batches)
        yield from batches


def _loss(model: Any, tokenizer: Any, batch: Sequence[RankingExample]) -> "torch.Tensor":
    import torch

    width = min(len(example.candidates) for example in batch)
    questions = [example.question for example in batch for _ in range(width)]
    sentences = [text for example in batch for text in example.candidates[:width]]
    encoded = tokenizer(
        questions,
        sentences,
        truncation="longest_first",
        max_length=MOST_TOKENS,
        padding=True,
        return_tensors="pt",
    )
    logits = model(**encoded).logits.view(len(batch), width).float()
    answered = torch.tensor([example.answered for example in batch])
    truth = torch.zeros_like(logits)
    truth[answered, 0] = 1.0
    binary = torch.nn.functional.binary_cross_entropy_with_logits(logits, truth)
    if not answered.any():
        return 0.5 * binary
    listwise = torch.nn.functional.cross_entropy(
        logits[answered], torch.zeros(int(answered.sum()), dtype=torch.long)
    )
    return listwise + 0.5 * binary


if __name__ == "__main__":
    main()
