"""`python -m eval.training.export_support FOLDER OUT_FOLDER`: a support model as int8 ONNX."""

import sys

from eval.training.export_token_model import export_token_model
from service.answering.support.trained_model import GRAPH


def main(model_folder: str, out_folder: str) -> None:
    export_token_model(model_folder, out_folder, GRAPH)


if __name__ == "__main__":
    main(*sys.argv[1:])
