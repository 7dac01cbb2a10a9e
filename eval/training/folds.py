"""Folds of articles, the same for every file that an article stands in."""

import re
import zlib

_NUMBER = re.compile(r"^\d+_")


def fold_of(source: str, folds: int) -> int:
    """The fold, from 0, of an article, by the name of its text file."""
    return zlib.crc32(_NUMBER.sub("", source).encode()) % folds


def in_fold(source: str, fold: str | None) -> bool:
    """Whether an article is in fold N of M, written "N/M"; in none if there is none."""
    if fold is None:
        return False
    this, folds = (int(part) for part in fold.split("/"))
    return fold_of(source, folds) == this
