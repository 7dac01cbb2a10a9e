"""Cross-encoders of two small layers with random weights, saved as sentence-transformers reads
them."""

from collections.abc import Sequence
from pathlib import Path

from tests.service.small_bert import small_bert


def saved_cross_encoder(
    folder: Path, outputs: int = 1, *, labels: Sequence[str] = (), broken: bool = False
) -> str:
    """The folder's name. `labels` name the outputs; a broken one gives no numbers."""
    import torch
    from transformers import BertForSequenceClassification

    torch.manual_seed(7)
    model = small_bert(BertForSequenceClassification, outputs, folder)
    if labels:
        model.config.id2label = dict(enumerate(labels))
        model.config.label2id = {label: number for number, label in enumerate(labels)}
    if broken:
        torch.nn.init.constant_(model.classifier.bias, float("nan"))
    model.save_pretrained(folder)
    return str(folder)
