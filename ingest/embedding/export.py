"""Export a sentence-transformers model to int8 ONNX, once.

Matrix products only are quantised. Pooling and normalisation are part of the graph, so that the
encoder needs nothing but ONNX Runtime.
"""

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.embedding.int8_graph import write_int8
from ingest.embedding.weights import locate
from ingest.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

GRAPH = "model.int8.onnx"
TOKENIZER = "tokenizer.json"
DESCRIPTION = "model.json"


def export(name: str, folder: Path) -> None:
    """Write graph, tokenizer and description of model `name` into `folder`, all or nothing."""
    model = _load(name)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".export-") as temporary:
        made = Path(temporary) / "made"
        made.mkdir()
        _write_graph(model, made / GRAPH)
        _tokenizer(model).save(str(made / TOKENIZER))
        (made / DESCRIPTION).write_text(json.dumps(_describe(name, model), indent=2) + "\n")
        if folder.exists():
            shutil.rmtree(folder)
        made.replace(folder)


def _load(name: str) -> "SentenceTransformer":
    # torch and transformers take seconds to import and are needed nowhere else.
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar
    except ModuleNotFoundError as error:
        raise ModelError(
            f"the embedding model {name!r} has to be prepared with sentence-transformers and "
            f"torch, which are not installed here ({error})"
        ) from None

    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(
            locate(name), device="cpu", model_kwargs={"attn_implementation": "eager"}
        ).eval()
    except ModelError:
        raise
    except Exception as error:  # the library raises many kinds for a name it cannot load
        reason = " ".join(str(error).split())
        raise ModelError(f"the embedding model {name!r} cannot be loaded: {reason}") from error


def _tokenizer(model: "SentenceTransformer"):  # type: ignore[no-untyped-def]
    backend = getattr(model.tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ModelError("the embedding model has no fast tokenizer, which the encoder needs")
    return backend


def _describe(name: str, model: "SentenceTransformer") -> dict[str, object]:
    return {
        "name": name,
        "dimension": model.get_embedding_dimension(),
        "most_tokens": int(model.max_seq_length or 512),
        "query_prefix": (model.prompts or {}).get("query", ""),
        "passage_prefix": (model.prompts or {}).get("passage", ""),
    }


def _write_graph(model: "SentenceTransformer", file: Path) -> None:
    import torch

    class Graph(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            if "token_type_ids" in model.tokenizer.model_input_names:
                features["token_type_ids"] = torch.zeros_like(input_ids)
            return torch.nn.functional.normalize(self.model(features)["sentence_embedding"], dim=1)

    example = model.tokenizer(["one", "a longer one"], padding=True, return_tensors="pt")
    inputs = {name: example[name] for name in ("input_ids", "attention_mask")}
    write_int8(Graph(), inputs, "vectors", file, ("MatMul", "Gemm"))
