"""A trained model with outputs for each token as int8 ONNX, beside its tokenizer.

Quantised like the encoder, its token vectors too: the file is half as large for it.
"""

from pathlib import Path

from ingest.embedding.int8_graph import write_int8
from service.answering.cross_encoder import TOKENIZER


def export_token_model(model_folder: str, out_folder: str, graph: str) -> None:
    """From a folder of transformers to `graph` and its tokenizer in another one."""
    import torch
    from transformers import AutoModelForTokenClassification, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(model_folder)
    model = AutoModelForTokenClassification.from_pretrained(
        model_folder, attn_implementation="eager"
    )

    class Graph(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(
            self,
            input_ids: torch.Tensor,
            attention_mask: torch.Tensor,
            token_type_ids: torch.Tensor,
        ) -> torch.Tensor:
            logits: torch.Tensor = self.model(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).logits
            return logits

    example = tokenizer(["one", "two"], ["a", "a longer one"], padding=True, return_tensors="pt")
    names = ("input_ids", "attention_mask", "token_type_ids")
    out = Path(out_folder)
    out.mkdir(parents=True, exist_ok=True)
    inputs = {name: example[name] for name in names}
    write_int8(Graph(), inputs, "logits", out / graph, ("MatMul", "Gemm", "Gather"))
    tokenizer.backend_tokenizer.save(str(out / TOKENIZER))
