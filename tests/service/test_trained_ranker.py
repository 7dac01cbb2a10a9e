"""The sentence ranker that comes with the project is the one of its model card, and runs."""

import hashlib
import subprocess
import sys

import pytest

from ingest.errors import ModelError
from service.answering.cross_encoder import TOKENIZER
from service.answering.ranking.cross_encoder import GRAPH, TRAINED, CrossEncoderRanker
from service.assembly import Assembly
from service.settings import ServiceSettings

PASSAGE = [
    "The harbour of Lissen lies on the western shore and is closed to sailing boats in winter.",
    "Its lamp has been kept by Ann Brandt since her father drowned.",
    "The town has nine hundred people and a school.",
]


@pytest.mark.parametrize("file", [GRAPH, TOKENIZER])
def test_the_model_card_tells_the_files(file: str) -> None:
    card = (TRAINED / "README.md").read_text("utf-8")
    digest = hashlib.sha256((TRAINED / file).read_bytes()).hexdigest()
    assert f"| `{file}` |" in card
    assert digest in card


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Who keeps the lamp of the harbour?", 1),
        ("How many people live in the town?", 2),
        ("When is the harbour closed?", 0),
    ],
)
def test_the_sentence_that_answers_is_scored_highest(question: str, number: int) -> None:
    (scores,) = CrossEncoderRanker(TRAINED).score(question, [PASSAGE])
    fits = [one.fit + one.answer for one in scores]
    assert fits.index(max(fits)) == number


def test_it_runs_without_torch() -> None:
    program = (
        "import sys\n"
        "from service.answering.ranking.cross_encoder import TRAINED, CrossEncoderRanker\n"
        "CrossEncoderRanker(TRAINED).warm_up()\n"
        "print([name for name in ('torch', 'transformers') if name in sys.modules])\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.stdout.strip() == "[]", ran.stderr


def test_a_setting_turns_it_off_and_a_wrong_one_says_what_it_may_be() -> None:
    vectors = Assembly(ServiceSettings(sentence_ranker="vectors"))
    assert vectors.ranker() is vectors.sentence_vectors()
    with pytest.raises(ModelError, match="is trained, vectors, or a folder"):
        Assembly(ServiceSettings(sentence_ranker="nowhere")).ranker()
