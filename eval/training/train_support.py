"""`python -m eval.training.train_support --squad FILE ... --pairs FILE ... --out FOLDER`: train the
support model from the default embedder's own weights.

Two losses, both binary: whether the evidence supports the whole statement (the first token), and
whether it bears out each of the statement's tokens, where the rule that made the claim knows.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.cases.squad import load_squad
from eval.claims.claim import Claim
from eval.training.ranking_batches import Tokens
from eval.training.support_batches import Batch, batches
from eval.training.support_examples import from_articles, from_pairs
from eval.training.token_model import Steps, begun, save

if TYPE_CHECKING:
    import torch

SEED = 11
OUTPUTS = ("supported", "borne_out")
_BATCH = 48
_RATE = 2e-4
_REPORT_EVERY = 50
_SAVE_EVERY = 300


def main(arguments: list[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    claims: list[Claim] = []
    for path in options.squad:
        claims += from_articles(load_squad(path), SEED)
    for path in options.pairs:
        claims += from_pairs(path, SEED)
    random.Random(SEED).shuffle(claims)
    print(len(claims), Counter((claim.kind, claim.supported) for claim in claims), flush=True)
    train(claims, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.training.train_support")
    parser.add_argument("--squad", type=Path, nargs="*", default=[], help="SQuAD-format files")
    parser.add_argument("--pairs", type=Path, nargs="*", default=[], help="question TAB sentence")
    parser.add_argument("--out", type=Path, required=True, help="folder for the trained model")
    parser.add_argument("--start", help="weights to begin with (default: the embedder's)")
    parser.add_argument("--epochs", type=float, default=1.0)
    parser.add_argument("--rate", type=float, default=_RATE, help="learning rate at its height")
    return parser


def train(claims: Sequence[Claim], options: argparse.Namespace) -> None:
    import torch

    torch.manual_seed(SEED)
    model, tokenizer = begun(options.start, len(OUTPUTS))
    tokens = Tokens(tokenizer.backend_tokenizer)
    total = -(-len(claims) // _BATCH) * options.epochs
    steps = Steps(model, options.rate, total)
    started, sums = time.perf_counter(), [0.0, 0.0]
    for number, batch in enumerate(batches(claims, _BATCH, options.epochs, SEED, tokens), 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            supported, borne_out = _losses(model, batch)
        steps.take(supported + borne_out)
        sums = [sums[0] + float(supported.detach()), sums[1] + float(borne_out.detach())]
        if number % _REPORT_EVERY == 0:
            means = [round(value / _REPORT_EVERY, 4) for value in sums]
            print(f"{number}/{total:.0f} {means} {time.perf_counter() - started:.0f} s", flush=True)
            sums = [0.0, 0.0]
        if number % _SAVE_EVERY == 0:
            save(model, tokenizer, options, seed=SEED, batch=_BATCH)
    save(model, tokenizer, options, seed=SEED, batch=_BATCH)


def _losses(model: Any, batch: Batch) -> "tuple[torch.Tensor, torch.Tensor]":
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as binary

    logits = model(
        input_ids=torch.from_numpy(batch.ids),
        attention_mask=torch.from_numpy(batch.mask),
        token_type_ids=torch.from_numpy(batch.types),
    ).logits.float()
    supported = binary(logits[:, 0, 0], torch.from_numpy(batch.supported).float())
    labels = torch.from_numpy(batch.borne_out)
    known = labels >= 0
    borne_out = binary(logits[:, :, 1][known], labels[known].float())
    return supported, borne_out


if __name__ == "__main__":
    main()
