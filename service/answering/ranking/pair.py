"""A question and a passage as the ranker takes them: `[CLS] question [SEP] sentences [SEP]`."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_TOKENS = 256
MOST_QUESTION_TOKENS = 48

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """Token ids, the segment (0 or 1) of each, and the token span of each sentence that fits in;
    `left_out` counts those at the end that do not."""

    ids: list[int]
    types: list[int]
    sentences: list[Span]
    left_out: int

    @classmethod
    def of(
        cls, question: Sequence[int], sentences: Sequence[Sequence[int]], first: int, separator: int
    ) -> "Pair":
        """From the token ids of a question and sentences, and those of the special tokens."""
        ids = [first, *question[:MOST_QUESTION_TOKENS], separator]
        opening = len(ids)
        spans: list[Span] = []
        for sentence in sentences:
            # A sentence without a token of its own, of characters the tokenizer drops, gets one.
            part = (list(sentence) or [separator])[: MOST_TOKENS - 1 - len(ids)]
            if not part:
                break
            spans.append((len(ids), len(ids) + len(part)))
            ids += part
        ids.append(separator)
        types = [0] * opening + [1] * (len(ids) - opening)
        return cls(ids, types, spans, len(sentences) - len(spans))
