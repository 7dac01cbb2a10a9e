"""The sentence ranker that comes with the project is the one of its model card, and runs."""

import pytest

from ingest.errors import ModelError
from service.answering.ranking.cross_encoder import TRAINED, CrossEncoderRanker
from service.assembly import Assembly
from service.settings import ServiceSettings

PASSAGE = [
    "The harbour of Lissen lies on the western shore and is closed to sailing boats in winter.",
    "Its lamp has been kept by Ann Brandt since her father drowned.",
    "The town has nine hundred people and a school.",
]


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


def test_a_setting_turns_it_off_and_a_wrong_one_says_what_it_may_be() -> None:
    vectors = Assembly(ServiceSettings(sentence_ranker="vectors"))
    assert vectors.ranker() is vectors.sentence_vectors()
    with pytest.raises(ModelError, match="is trained, vectors, or a folder"):
        Assembly(ServiceSettings(sentence_ranker="nowhere")).ranker()
