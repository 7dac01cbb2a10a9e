"""Passages as numbered sentences: what a language model reads, and cites by number."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from service.answering.answer import Citation
from service.answering.sentences import Sentence, sentences_of
from service.answering.support.verdict import Evidence
from service.retrieval.retrieved import RetrievedPassage
from service.retrieval.words import content_stems

CountTokens = Callable[[str], int]


@dataclass(frozen=True)
class NumberedSentence:
    number: int
    sentence: Sentence

    @property
    def text(self) -> str:
        return self.sentence.text

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(content_stems(self.text))

    def follows(self, other: "NumberedSentence") -> bool:
        """With nothing between them: a code block there, which no model reads, is not cited."""
        passage = other.sentence.source.passage
        if self.sentence.source.passage.id != passage.id:
            return False
        start, end = other.sentence.end - passage.start, self.sentence.start - passage.start
        return start <= end and not passage.text[start:end].strip()


@dataclass(frozen=True, slots=True)
class NumberedSentences:
    """Numbers from 1, in the order in which they are shown."""

    sentences: tuple[NumberedSentence, ...]

    @classmethod
    def of(
        cls, passages: Sequence[RetrievedPassage], most_tokens: int, count_tokens: CountTokens
    ) -> "NumberedSentences":
        """Of passages, best first, as many as fit; of the best one at least what fits of it."""
        kept: list[tuple[RetrievedPassage, list[Sentence]]] = []
        left = most_tokens
        for passage in passages:
            sentences = sentences_of(passage)
            titled = count_tokens(f"Document: {_line(passage.record.title)}") + 2
            costs = [count_tokens(_shown(100, one.text)) + 1 for one in sentences]
            if titled + sum(costs) > left and not kept:
                fitting = sum(titled + cost <= left for cost in accumulate(costs))
                sentences, costs = sentences[:fitting], costs[:fitting]
            cost = titled + sum(costs)
            if sentences and cost <= left:
                kept.append((passage, sentences))
                left -= cost
        ordered = [one for passage in _in_order(kept) for one in passage]
        return cls(tuple(NumberedSentence(n, one) for n, one in enumerate(ordered, 1)))

    def __iter__(self) -> Iterator[NumberedSentence]:
        return iter(self.sentences)

    def __len__(self) -> int:
        return len(self.sentences)

    def cited(self, numbers: Sequence[int]) -> list[NumberedSentence]:
        """Those of the numbers that exist, in reading order."""
        return [self.sentences[n - 1] for n in sorted(set(numbers)) if 1 <= n <= len(self)]

    def written(self) -> str:
        """One line a sentence, under the title of its document."""
        lines: list[str] = []
        title = None
        for one in self:
            record = one.sentence.source.record
            if record.document_id != title:
                lines += [*([""] if lines else []), f"Document: {_line(record.title)}"]
                title = record.document_id
            lines.append(_shown(one.number, one.text))
        return "\n".join(lines)


def citations(cited: Sequence[NumberedSentence], support: float) -> tuple[Citation, ...]:
    """Sentences in reading order as spans: those with white space alone between them are one."""
    runs = [[one] for one in cited[:1]]
    for before, one in pairwise(cited):
        if one.follows(before):
            runs[-1].append(one)
        else:
            runs.append([one])
    return tuple(
        Citation(
            run[0].sentence.source.record,
            run[0].sentence.source.passage,
            run[0].sentence.start,
            run[-1].sentence.end,
            support,
        )
        for run in runs
    )


def evidence(cited: Sequence[NumberedSentence]) -> Evidence:
    """What the sentences say together; their context tells what the first one's pronouns mean."""
    first = cited[0].sentence
    title = first.source.record.title
    before = first.before
    context = before if before.startswith(title) else f"{title}. {before}"
    return Evidence(" ".join(one.text for one in cited), context)


def _in_order(
    kept: Sequence[tuple[RetrievedPassage, list[Sentence]]],
) -> Iterator[list[Sentence]]:
    """Document by document in the order of the best passage; in a document, passages that touch
    in reading order, again the best first."""
    by_document: dict[str, dict[int, tuple[int, list[Sentence]]]] = {}
    for rank, (passage, sentences) in enumerate(kept):
        document = by_document.setdefault(passage.record.document_id, {})
        document[passage.passage.position] = (rank, sentences)
    for document in by_document.values():
        runs: list[list[int]] = []
        for position in sorted(document):
            if runs and position == runs[-1][-1] + 1:
                runs[-1].append(position)
            else:
                runs.append([position])
        runs.sort(key=lambda run: min(document[position][0] for position in run))
        yield from (document[position][1] for run in runs for position in run)


def _shown(number: int, text: str) -> str:
    return f"[{number}] {_line(text)}"


def _line(text: str) -> str:
    return " ".join(text.split())
