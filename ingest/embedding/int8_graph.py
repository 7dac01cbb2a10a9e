"""Write a torch module as an int8 ONNX graph.

Dynamic quantisation, int8 weights per channel (Jacob et al. 2018,
https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html).
"""

import logging
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


def write_int8(
    module: "torch.nn.Module",
    inputs: Mapping[str, "torch.Tensor"],
    output: str,
    file: Path,
    operations: Sequence[str],
) -> None:
    """Write `file`. `inputs` are examples, shape (batch, tokens) and both of any size later, by the
    names that the module's arguments have, in their order; `operations` the ONNX operators whose
    weights become int8."""
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    dynamic = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(dir=file.parent) as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(folder) / "fp32.onnx"
        torch.onnx.export(
            module.eval(),
            tuple(inputs.values()),
            str(plain),
            input_names=list(inputs),
            output_names=[output],
            dynamic_shapes=tuple(dynamic for _ in inputs),
            external_data=False,
            dynamo=True,
            verbose=False,
        )
        logging.getLogger().setLevel(logging.ERROR)  # the quantiser advises on the root logger
        quantize_dynamic(
            str(plain),
            str(file),
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=list(operations),
        )
