"""Claims as tensors: the tokens of a statement and its evidence, and what is true of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from eval.claims.claim import Claim
from eval.training.drawn import drawn
from eval.training.ranking_batches import Tokens
from service.answering.support.pair import Pair
from service.retrieval.words import says_something, stems

_UNKNOWN = -1
_WORD = re.compile(r"\w+")
_ROUND = 16  # tokens: each new shape of a batch costs torch seconds of preparation


@dataclass(frozen=True, slots=True)
class Batch:
    """Of C claims, padded to T tokens."""

    ids: np.ndarray
    """(C, T)"""
    types: np.ndarray
    """(C, T): 1 in the evidence."""
    mask: np.ndarray
    """(C, T): 1 where there is a token."""
    supported: np.ndarray
    """(C,): 1 or 0."""
    borne_out: np.ndarray
    """(C, T): of tokens of the statement, 1 where the evidence bears them out, 0 where not, -1
    where that is not known, and of all other tokens."""


def batches(
    claims: Sequence[Claim], size: int, epochs: float, seed: int, tokens: Tokens
) -> Iterator[Batch]:
    for group in drawn(claims, size, epochs, seed, lambda c: len(c.statement) + len(c.evidence)):
        yield batch_of(group, tokens)


def batch_of(claims: Sequence[Claim], tokens: Tokens) -> Batch:
    read = [(tokens.of(claim.statement), tokens.of(claim.evidence)) for claim in claims]
    pairs = [Pair.of(said[0], cited[0], tokens.first, tokens.separator) for said, cited in read]
    longest = max(len(pair.ids) for pair in pairs)
    shape = len(pairs), -(-longest // _ROUND) * _ROUND
    ids, types, mask = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    borne_out = np.full(shape, _UNKNOWN, dtype=np.int64)
    for row, (claim, pair, (said, _)) in enumerate(zip(claims, pairs, read, strict=True)):
        length = len(pair.ids)
        ids[row, :length], types[row, :length], mask[row, :length] = pair.ids, pair.types, 1
        known = frozenset(stems(claim.evidence))
        for place, span in zip(pair.statement, said[1], strict=False):
            borne_out[row, place] = _label(claim, span, known)
    supported = np.array([claim.supported for claim in claims], dtype=np.int64)
    return Batch(ids, types, mask, supported, borne_out)


def _label(claim: Claim, token: tuple[int, int], known: frozenset[str]) -> int:
    """`known`: stems of the evidence."""
    if claim.supported:
        return 1
    if not claim.changed:
        # What stands elsewhere is not borne out as far as its words are none of the evidence's.
        word = _word_at(claim.statement, token)
        return _UNKNOWN if not says_something(word) or known.issuperset(stems(word)) else 0
    return int(not any(start < token[1] and token[0] < end for start, end in claim.changed))


def _word_at(text: str, token: tuple[int, int]) -> str:
    """The whole word that a token is a piece of."""
    return next((w[0] for w in _WORD.finditer(text) if w.start() <= token[0] < w.end()), "")
