"""Two names that have changed places: who did it to whom."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.answering.support.tokens import Token, tokens

_MOST_BETWEEN = 6  # words
_ARTICLES = frozenset(["the", "a", "an"])
_BE = frozenset(["is", "are", "was", "were"])
_SAME = (
    "and or with but nor versus vs near beside like as than is was are were be being equals meets "
    "met meet marries married marry neighbours borders "
    "play plays played playing fight fights fought fighting talk talks talked talking"
)
_EITHER_WAY = frozenset(_SAME.split())
# "Played against" tells nothing, "won against" does.
_BARE = frozenset(["against", "from", "between"])

_Run = tuple[int, int]


def exchanged_names(statement: str, evidence: str) -> tuple[str, str] | None:
    """Two names of the statement that stand the other way round in the evidence, around the same
    words: "Holm sued Berg" for "Berg sued Holm". None where there are none.

    Words that mean the same either way round, such as "and" or "met", tell nothing.
    """
    said, cited = tokens(statement), tokens(evidence)
    known = {_placed(cited, *pair) for pair in _pairs(cited)}
    for one, other in _pairs(said):
        first, between, second = _placed(said, one, other)
        if first == second or (first, between, second) in known:
            continue
        if (second, between, first) in known:
            return _written(said, one), _written(said, other)
    return None


def _pairs(text: Sequence[Token]) -> Iterator[tuple[_Run, _Run]]:
    """Names that follow each other with a few telling words between."""
    for one, other in pairwise(_runs(text)):
        between = _between(text, one, other)
        same_clause = text[one[0]].clause == text[other[1] - 1].clause
        telling = _tells(between) or _passive(between)
        if same_clause and len(between) <= _MOST_BETWEEN and telling:
            yield one, other


def _tells(between: Sequence[Token]) -> bool:
    if any(token.word in _EITHER_WAY for token in between):
        return False
    bare = any(token.word in _BARE for token in between)
    return not bare or any(token.content and token.word not in _BARE for token in between)


def _runs(text: Sequence[Token]) -> Iterator[_Run]:
    start: int | None = None
    for place, token in enumerate(text):
        named = token.capital and token.content
        if named and start is None:
            start = place
        elif not named and start is not None:
            yield start, place
            start = None
    if start is not None:
        yield start, len(text)


def _placed(
    text: Sequence[Token], one: _Run, other: _Run
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The stems of who does it, of what stands between, and of whom it is done to."""
    middle = _between(text, one, other)
    if _passive(middle):
        one, other, middle = other, one, middle[1:-1]
    first, second = (tuple(token.stem for token in text[slice(*run)]) for run in (one, other))
    return first, tuple(token.stem for token in middle), second


def _between(text: Sequence[Token], one: _Run, other: _Run) -> list[Token]:
    """Without articles, which go with a name in one text and not in another."""
    return [token for token in text[one[1] : other[0]] if token.word not in _ARTICLES]


def _passive(between: Sequence[Token]) -> bool:
    """ "was sued by"."""
    return len(between) > 2 and between[0].word in _BE and between[-1].word == "by"


def _written(text: Sequence[Token], run: _Run) -> str:
    return " ".join(token.written for token in text[slice(*run)])
