"""The rules that make claims, by name, each with how often it is to be drawn.

**To add one**, write it beside its neighbours and name it here: training and the perturbation
benchmark both go through this list.
"""

from eval.claims.certainty import stronger
from eval.claims.claim import Rule
from eval.claims.elsewhere import added
from eval.claims.figures import other_date, other_number
from eval.claims.names import exchanged, other_name, other_place, other_speaker
from eval.claims.order import shuffled
from eval.claims.paraphrases import (
    other_signs,
    other_voice,
    reordered,
    shortened,
    synonymous,
    unchanged,
)
from eval.claims.polarity import negated, opposite

TRUE: dict[str, tuple[Rule, float]] = {
    "unchanged": (unchanged, 1),
    "shortened": (shortened, 3),
    "reordered": (reordered, 3),
    "voice": (other_voice, 3),
    "signs": (other_signs, 1),
    "synonyms": (synonymous, 2),
}
UNTRUE: dict[str, tuple[Rule, float]] = {
    "number": (other_number, 3),
    "date": (other_date, 3),
    "name": (other_name, 2),
    "place": (other_place, 3),
    "exchanged": (exchanged, 6),
    "speaker": (other_speaker, 1),
    "negated": (negated, 2),
    "opposite": (opposite, 3),
    "added": (added, 1),
    "shuffled": (shuffled, 2),
    "stronger": (stronger, 3),
}
