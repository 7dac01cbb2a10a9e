"""`python -m eval.training.export_ranker MODEL_FOLDER OUT_FOLDER`: a trained ranker as int8 ONNX.

Quantised like the encoder (`ingest.embedding.export`): dynamic, int8 weights per channel.
"""

import logging
import sys
import tempfile
from pathlib import Path

from service.answering.ranking.cross_encoder import GRAPH, TOKENIZER


def main(model_folder: str, out_folder: str) -> None:
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from transformers import AutoModelForTokenClassification, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(model_folder)
    model = AutoModelForTokenClassification.from_pretrained(
        model_folder, attn_implementation="eager"
    ).eval()

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

    names = ["input_ids", "attention_mask", "token_type_ids"]
    example = tokenizer(
        ["one", "two"],
        ["a", "a longer one"],
        padding=True,
        return_tensors="pt",
    )
    dynamic = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    out = Path(out_folder)
    out.mkdir(parents=True, exist_ok=True)
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as temporary:
        plain = Path(temporary) / "fp32.onnx"
        torch.onnx.export(
            Graph().eval(),
            tuple(example[name] for name in names),
            str(plain),
            input_names=names,
            output_names=["logits"],
            dynamic_shapes=(dynamic, dynamic, dynamic),
            external_data=False,
            dynamo=True,
            verbose=False,
        )
        logging.getLogger().setLevel(logging.ERROR)
        quantize_dynamic(
            str(plain),
            str(out / GRAPH),
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )
    tokenizer.backend_tokenizer.save(str(out / TOKENIZER))


if __name__ == "__main__":
    main(*sys.argv[1:])
