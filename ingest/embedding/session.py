"""How an exported model is run: one text at a time, so that the threads are the texts'."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_SLOWER = ["SkipLayerNormFusion"]  # the fused operator takes a sixth of the time, its parts less


def open_session(graph: Path, threads: int = 1) -> "InferenceSession":
    """`threads` share the work on one text. Raises what ONNX Runtime raises, of many kinds, for
    a graph that cannot be read."""
    import onnxruntime  # takes a fifth of a second

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Both are made for one thread at a time: without them two threads embed a tenth more.
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    return onnxruntime.InferenceSession(
        str(graph), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
    )
