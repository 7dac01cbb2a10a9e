"""The models that come with the project are those of their model cards, and run without torch."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from service.answering.cross_encoder import TOKENIZER
from service.answering.ranking import cross_encoder as ranker
from service.answering.support import trained_model as support

RUN_RANKER = (
    "from service.answering.ranking.cross_encoder import TRAINED, CrossEncoderRanker\n"
    "CrossEncoderRanker(TRAINED).warm_up()\n"
)
RUN_SUPPORT = (
    "from service.answering.support.trained_model import SupportModel\n"
    "SupportModel().read('It is ready.', ['It is ready.'])\n"
)


@pytest.mark.parametrize(
    ("folder", "file"),
    [
        (ranker.TRAINED, ranker.GRAPH),
        (ranker.TRAINED, TOKENIZER),
        (support.TRAINED, support.GRAPH),
        (support.TRAINED, TOKENIZER),
    ],
)
def test_the_model_card_tells_the_files(folder: Path, file: str) -> None:
    card = (folder / "README.md").read_text("utf-8")
    digest = hashlib.sha256((folder / file).read_bytes()).hexdigest()
    assert f"| `{file}` |" in card
    assert digest in card


@pytest.mark.parametrize("run", [RUN_RANKER, RUN_SUPPORT])
def test_it_runs_without_torch(run: str) -> None:
    program = (
        f"import sys\n{run}"
        "print([name for name in ('torch', 'transformers') if name in sys.modules])\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.stdout.strip() == "[]", ran.stderr
