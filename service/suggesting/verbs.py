"""Past forms of English verbs, and the base forms they are of."""

from functools import cache, lru_cache
from importlib.resources import files

from service.retrieval.english import share

_VOWELS = "aeiou"


@lru_cache(maxsize=4096)
def base_of_past(word: str) -> str | None:
    """The base form of a verb in its past tense; None for what does not look like one."""
    if word in _pasts():
        return _pasts()[word]
    if len(word) < 5 or not word.endswith("ed") or word.endswith("eed"):
        return None
    return _regular(word)


@lru_cache(maxsize=4096)
def past_of_participle(word: str) -> str | None:
    """ "wrote" of "written"; None for what is no past participle."""
    if word in _participles():
        return _participles()[word]
    if len(word) < 5 or not word.endswith("ed") or word.endswith("eed"):
        return None
    return word if _regular(word) else None


def _regular(word: str) -> str | None:
    """The likeliest of the words that a past form in -ed may be of."""
    stem = word[:-2]
    if word.endswith("ied"):
        tried = [word[:-3] + "y"]
    elif len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS + "slfz":
        tried = [stem[:-1], stem]
    else:
        tried = [stem + "e", stem]
    known = [one for one in tried if share(one) > 0]
    return max(known, key=share) if known else None


@cache
def _forms() -> tuple[tuple[str, str, str], ...]:
    listed = files("service.suggesting").joinpath("irregular_verbs.txt").read_text("utf-8")
    rows = (line.split() for line in listed.splitlines() if line and not line.startswith("#"))
    return tuple((base, past, participle) for base, past, participle in rows)


@cache
def _pasts() -> dict[str, str]:
    return {past: base for base, past, _ in _forms() if base != "be"}


@cache
def _participles() -> dict[str, str]:
    return {participle: past for _, past, participle in _forms() if past != "was"}
