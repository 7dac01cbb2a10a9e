"""Lists of words as they are written in code: with spaces between."""


def words_in(text: str) -> frozenset[str]:
    return frozenset(text.split())
