"""A BERT with outputs for each token: begun, stepped and saved alike for all that is trained."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from eval.training.schedule import warmed_up
from ingest.embedding.weights import locate
from ingest.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    import torch


def begun(start: str | None, outputs: int) -> tuple[Any, Any]:
    """A model and its tokenizer, from the weights in a folder, or the default embedder's."""
    from transformers import AutoModelForTokenClassification, AutoTokenizer

    place = start or locate(DEFAULT_MODEL)
    model = AutoModelForTokenClassification.from_pretrained(
        place,
        num_labels=outputs,
        # A small model and two passes underfit: dropout only slows it down.
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    model.train()
    return model, AutoTokenizer.from_pretrained(place)


class Steps:
    """AdamW, its rate warmed up and then decaying over `total` steps."""

    def __init__(self, model: Any, rate: float, total: float) -> None:
        import torch

        self._model = model
        self._optimizer = torch.optim.AdamW(
            model.parameters(), lr=rate, weight_decay=0.01, fused=True
        )
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: warmed_up(step, total)
        )

    def take(self, loss: "torch.Tensor") -> None:
        import torch

        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimizer.step()
        self._schedule.step()
        self._optimizer.zero_grad()


def save(model: Any, tokenizer: Any, options: argparse.Namespace, **more: object) -> None:
    """Into `options.out`, with the options and `more` in training.json."""
    model.save_pretrained(options.out)
    tokenizer.save_pretrained(options.out)
    said = {name: str(value) for name, value in vars(options).items()}
    (options.out / "training.json").write_text(json.dumps({**more, **said}, indent=2) + "\n")
