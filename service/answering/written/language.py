"""Whether two texts are in different languages, said only when it is sure.

The identifier is langid (Lui and Baldwin 2012, 97 languages, offline), whose probabilities are
calibrated over the length of a text; a text of mostly names has no sure language.
"""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_FEWEST_LETTERS = 20
_LETTERS_OF_A_CHARACTER = 4  # of Chinese, Japanese, Korean
_SURE = 0.9
_RULED_OUT = 0.01


def differs_in_language(statement: str, evidence: str) -> bool:
    """Whether a statement is surely not in the language that its evidence surely is in."""
    if min(_letters(statement), _letters(evidence)) < _FEWEST_LETTERS:
        return False
    language, probability = max(_probabilities(evidence).items(), key=lambda one: one[1])
    if probability < _SURE:
        return False
    return _probabilities(statement).get(language, 0.0) < _RULED_OUT


def is_surely(text: str, language: str) -> bool:
    """Whether a text is in the language of this ISO 639-1 code."""
    return _probabilities(text).get(language, 0.0) >= _SURE


def warm_up_languages() -> None:
    _identifier()


def _letters(text: str) -> int:
    return sum(
        _LETTERS_OF_A_CHARACTER if letter >= "⺀" else 1 for letter in text if letter.isalpha()
    )


@lru_cache(maxsize=500)
def _probabilities(text: str) -> dict[str, float]:
    return dict(_identifier().rank(text))


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
