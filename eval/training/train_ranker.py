"""`python -m eval.training.train_ranker --pairs FILE --squad FILE ... --out FOLDER`: train the
sentence ranker from the default embedder's own weights.

Four losses: which sentence of all windows answers the question (softmax), whether each does
(binary), where the answer starts and ends or that it is not there (softmax over tokens, as in BERT
for SQuAD 2.0, Devlin et al. 2019; where only the sentence is known, any of its tokens), and whether
the window holds it (binary).
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.cases.squad import SquadArticle, load_squad
from eval.training.folds import in_fold
from eval.training.ranking_batches import Batch, Tokens, batches
from eval.training.ranking_examples import Mixture, RankingExample, from_articles, from_pairs
from eval.training.token_model import Steps, begun, save

if TYPE_CHECKING:
    import torch

SEED = 7
OUTPUTS = ("answers", "start", "end", "holds")
_BATCH = 16
_RATE = 2e-4
_REPORT_EVERY = 50
_SAVE_EVERY = 500
_NONE = -1e4  # a logit of what is no choice


def main(arguments: list[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    mixture = Mixture(options.near_misses, options.emptied)
    examples: list[RankingExample] = []
    for path in options.pairs:
        examples += from_pairs(path, mixture, SEED)
    for path in options.squad:
        articles: Sequence[SquadArticle] = load_squad(path)
        kept = [a for a in articles if not in_fold(a.source, options.fold)]
        examples += from_articles(kept, mixture, SEED)
    print(f"{len(examples)} examples", flush=True)
    train(examples, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.training.train_ranker")
    parser.add_argument("--pairs", type=Path, nargs="*", default=[], help="question TAB sentence")
    parser.add_argument("--squad", type=Path, nargs="*", default=[], help="SQuAD-format files")
    parser.add_argument("--out", type=Path, required=True, help="folder for the trained model")
    parser.add_argument("--start", help="weights to begin with (default: the embedder's)")
    parser.add_argument("--epochs", type=float, default=2.0)
    parser.add_argument("--rate", type=float, default=_RATE, help="learning rate at its height")
    parser.add_argument("--near-misses", type=float, default=Mixture().near_misses)
    parser.add_argument("--emptied", type=float, default=Mixture().emptied)
    parser.add_argument("--fold", help="N/M: leave out fold N of M, from 0, of the articles")
    parser.add_argument("--threads", type=int, help="default: all")
    return parser


def train(examples: Sequence[RankingExample], options: argparse.Namespace) -> None:
    import torch

    torch.manual_seed(SEED)
    if options.threads:
        torch.set_num_threads(options.threads)
    model, tokenizer = begun(options.start, len(OUTPUTS))
    tokens = Tokens(tokenizer.backend_tokenizer)
    total = -(-len(examples) // _BATCH) * options.epochs
    steps = Steps(model, options.rate, total)
    started, sums = time.perf_counter(), dict.fromkeys(("which", "each", "where", "holds"), 0.0)
    made = batches(examples, _BATCH, options.epochs, SEED, tokens)
    for number, batch in enumerate(made, 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            losses = _losses(model, batch)
        loss = losses["which"] + losses["each"] + 0.5 * losses["where"] + 0.5 * losses["holds"]
        steps.take(loss)
        sums = {name: sums[name] + float(losses[name].detach()) for name in sums}
        if number % _REPORT_EVERY == 0:
            means = {name: round(value / _REPORT_EVERY, 4) for name, value in sums.items()}
            sums = dict.fromkeys(sums, 0.0)
            taken = time.perf_counter() - started
            print(f"{number}/{total:.0f} {means} {taken:.0f} s", flush=True)
        if number % _SAVE_EVERY == 0:
            save(model, tokenizer, options, seed=SEED, batch=_BATCH)
    save(model, tokenizer, options, seed=SEED, batch=_BATCH)


def _losses(model: Any, batch: Batch) -> "dict[str, torch.Tensor]":
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as binary

    mask = torch.from_numpy(batch.mask)
    logits = model(
        input_ids=torch.from_numpy(batch.ids),
        attention_mask=mask,
        token_type_ids=torch.from_numpy(batch.types),
    ).logits.float()
    gold = torch.from_numpy(batch.gold)
    fits = _means(logits[:, :, 0], torch.from_numpy(batch.sentence), len(gold))
    answers = torch.from_numpy(batch.answers)
    asked = torch.from_numpy(batch.question)
    choices = ((mask == 1) & torch.from_numpy(batch.types == 1)).index_fill_(
        1, torch.tensor([0]), True
    )
    where = [
        _missed(logits[:, :, n].masked_fill(~choices, _NONE), torch.from_numpy(right))
        for n, right in ((1, batch.starts), (2, batch.ends))
    ]
    return {
        "which": _listwise(fits, asked, gold),
        "each": binary(fits, gold.float(), reduction="sum") / (4 * (int(asked[-1]) + 1)),
        "where": (where[0] + where[1]) / 2,
        "holds": binary(logits[:, 0, 3], answers.float()),
    }


def _means(logits: "torch.Tensor", sentence: "torch.Tensor", count: int) -> "torch.Tensor":
    """The mean logit of each sentence's tokens, shape (count,)."""
    import torch

    places = sentence.reshape(-1)
    sums = torch.zeros(count + 1).index_add(0, places, logits.reshape(-1))
    sizes = torch.zeros(count + 1).index_add(0, places, torch.ones(len(places)))
    return (sums / sizes.clamp(min=1))[:count]


def _listwise(fits: "torch.Tensor", asked: "torch.Tensor", gold: "torch.Tensor") -> "torch.Tensor":
    """Softmax over a question's sentences, for the questions that one of them answers."""
    import torch

    questions = int(asked[-1]) + 1
    grid = torch.arange(questions)[:, None] == asked[None, :]
    every = fits[None, :].masked_fill(~grid, _NONE)
    right = every.masked_fill(~gold[None, :], _NONE)
    answered = (grid & gold[None, :]).any(1)
    missed = torch.logsumexp(every, 1) - torch.logsumexp(right, 1)
    return missed[answered].sum() / questions


def _missed(logits: "torch.Tensor", right: "torch.Tensor") -> "torch.Tensor":
    """Minus the log of the probability given to the right places."""
    import torch

    chosen = logits.masked_fill(~right, _NONE)
    return (torch.logsumexp(logits, 1) - torch.logsumexp(chosen, 1)).mean()


if __name__ == "__main__":
    main()
