"""Each sentence is drawn once as it is; then it comes again, changed but built alike."""

import random

from eval.benchmarks.varied_sentences import VariedSentences

SENTENCES = [f"The {n} mill of Aunefjord burned down in {1870 + n}." for n in range(10, 40)]


def test_every_sentence_comes_once_as_it_is() -> None:
    draw, chance = VariedSentences(SENTENCES), random.Random(1)
    assert sorted(draw(chance) for _ in SENTENCES) == sorted(SENTENCES)


def test_afterwards_words_are_exchanged_for_others_of_their_sort() -> None:
    draw, chance = VariedSentences(SENTENCES), random.Random(1)
    drawn = [draw(chance) for _ in range(3 * len(SENTENCES))][len(SENTENCES) :]
    assert len(set(drawn) - set(SENTENCES)) > len(SENTENCES) / 2
    for sentence in drawn:
        first, number, *_, year = sentence.rstrip(".").split()
        assert (first, len(number), year[:2]) == ("The", 2, "18") or year[:2] == "19"


def test_the_same_is_drawn_again() -> None:
    one, two = (VariedSentences(SENTENCES) for _ in range(2))
    drawn = [
        [draw(chance) for _ in range(90)]
        for draw, chance in ((one, random.Random(3)), (two, random.Random(3)))
    ]
    assert drawn[0] == drawn[1]
