"""An answer has as many sentences as it takes, the best one first."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from service.answering.choice import MOST_STATEMENTS, Choice, choose
from service.answering.ranking import SentenceScores
from service.answering.sentences import ScoredSentence, sentences_of
from service.retrieval.retrieved import RetrievedPassage
from tests.service.retrieved_passages import first_passage, record_of

_TEXT = (
    "The harbour\n\nAnn keeps the lamp. Ben mends the nets. Cid sells the fish. "
    "Dora rings the bell. Emil paints the boats. Ann keeps the lamp!"
)
_PASSAGE = RetrievedPassage(first_passage("a.txt", _TEXT), record_of("a.txt"), 1.0, 1.0, 1.0)
SENTENCES = [ScoredSentence(one, SentenceScores(0.0), 0.0, ()) for one in sentences_of(_PASSAGE)]


def scored(*scores: float) -> list[ScoredSentence]:
    made = [
        replace(SENTENCES[n], score=score, share=score / (sum(scores) or 1.0))
        for n, score in enumerate(scores)
    ]
    return sorted(made, key=lambda one: -one.score)


def texts(chosen: list[Choice]) -> list[str]:
    return [one.best.sentence.text for one in chosen]


def test_one_that_is_sure_suffices() -> None:
    assert texts(choose(scored(0.01, 0.97, 0.02))) == ["Ben mends the nets."]


def test_those_about_equally_good_all_come_the_best_first_then_in_order() -> None:
    assert texts(choose(scored(0.5, 0.01, 0.55, 0.52))) == [
        "Cid sells the fish.",
        "Ann keeps the lamp.",
        "Dora rings the bell.",
    ]


def test_what_says_the_same_comes_once() -> None:
    (choice,) = choose(scored(0.5, 0.01, 0.01, 0.01, 0.01, 0.5))
    assert choice.best.sentence.text == "Ann keeps the lamp."
    assert [one.sentence.text for one in choice.same] == ["Ann keeps the lamp!"]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=len(SENTENCES)))
def test_the_best_is_chosen_first_and_never_too_many(scores: list[float]) -> None:
    given_ = scored(*scores)
    chosen = choose(given_)
    assert chosen[0].best == given_[0]
    assert 1 <= len(chosen) <= MOST_STATEMENTS
    assert len(set(texts(chosen))) == len(chosen)
    assert all(one.best in given_ for one in chosen)
