"""A BERT of two small layers with random weights, where a trained one cannot be had."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.embedding.weights import locate
from ingest.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    from transformers import BertPreTrainedModel


def small_bert(kind: "type[BertPreTrainedModel]", outputs: int, folder: Path) -> Any:
    """A model of this kind with as many outputs, its tokenizer saved in the folder."""
    from transformers import AutoTokenizer, BertConfig

    tokenizer = AutoTokenizer.from_pretrained(locate(DEFAULT_MODEL))
    tokenizer.save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
    )
    config.num_labels = outputs
    return kind(config)
