"""SQuAD-format files (versions 1.1 and 2.0, Rajpurkar et al. 2016 and 2018) as documents and
cases."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from eval.cases.case import Case, GoldWords
from eval.cases.files import CaseError, read_text
from eval.cases.gold import places_of
from eval.cases.problems import shown
from eval.cases.squad_format import Answer, Article, File, Question, complaints
from ingest.canonical import read_document
from ingest.errors import UnreadableFile
from ingest.readers.text import normalise

_OPENING = 10_000  # bytes of a file that show whether it is in SQuAD format
_DATA = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{[\s\S]*"data"\s*:\s*\[')
_LONGEST_NAME = 100
SQUAD = "squad"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question with the spans of its distinct gold answers in its article's canonical text, and
    their words; none when the file says it has no answer. `paragraph` is the span of the paragraph
    it was asked about. `id` is unique in a file."""

    question: str
    article: str
    spans: tuple[Span, ...]
    answers: tuple[str, ...]
    paragraph: Span
    id: str

    @property
    def span(self) -> Span | None:
        """The span of the first answer."""
        return self.spans[0] if self.spans else None


@dataclass(frozen=True, slots=True)
class SquadArticle:
    """An article as one plain text file: its title, then its paragraphs."""

    source: str
    text: str
    questions: tuple[SquadQuestion, ...]
    left_out: int = 0
    """Questions on paragraphs that cleaning drops."""


def is_squad(path: Path) -> bool:
    """Whether a file begins like one in SQuAD format; the rest is not looked at."""
    try:
        with path.open("rb") as file:
            return bool(_DATA.match(file.read(_OPENING)))
    except OSError:
        return False


def load_squad(path: Path) -> list[SquadArticle]:
    """The articles of a file, spans counted as ingest will count them.

    Questions about a paragraph that ingest's cleaning drops (it looks like a page's navigation)
    are left out. Raises CaseError with every problem of the file.
    """
    text = read_text(path)
    try:
        articles = File.model_validate_json(text).data
    except ValidationError as error:
        raise CaseError.of([f"{path}: {said}" for said in complaints(error)]) from None
    errors: list[str] = []
    made = [_article(number, article, errors) for number, article in enumerate(articles)]
    if errors:
        raise CaseError.of([f"{path}: {error}" for error in errors])
    return list(_with_unique_ids(made))


def write_articles(articles: list[SquadArticle], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for article in articles:
        (folder / article.source).write_text(article.text + "\n", "utf-8", newline="\n")


def squad_cases(articles: Sequence[SquadArticle]) -> list[Case]:
    """A case for each question: any of its answers, each at its place, is to be cited and said."""
    return [_case(question) for article in articles for question in article.questions]


def _article(number: int, article: Article, errors: list[str]) -> SquadArticle:
    """Problems are added to `errors`."""
    name = re.sub(r"[^A-Za-z0-9]+", "_", article.title)[:_LONGEST_NAME]
    source = f"{number:03d}_{name}.txt"
    title = _joined(article.title).replace("_", " ")
    contexts = [_joined(paragraph.context) for paragraph in article.paragraphs]
    text = "\n\n".join([title, *filter(None, contexts)])
    try:
        canonical = read_document("", source, text.encode()).document.text
    except UnreadableFile as error:
        errors.append(f"data[{number}]: cannot be ingested: {error}")
        return SquadArticle(source, text, ())
    questions: list[SquadQuestion] = []
    left_out = 0
    for n, origin in enumerate(_origins(contexts, canonical)):
        if origin is None:
            left_out += len(article.paragraphs[n].qas)
            continue
        paragraph = (origin, origin + len(contexts[n]))
        for q, asked in enumerate(article.paragraphs[n].qas):
            place = f"data[{number}].paragraphs[{n}].qas[{q}]"
            spans = _spans(asked, article.paragraphs[n].context, place, errors)
            placed = tuple((start + origin, end + origin) for start, end in spans)
            words = tuple(canonical[start:end] for start, end in placed)
            id = str(asked.id or f"squad-{number}-{n}-{q}")
            question = _joined(asked.question)
            questions.append(SquadQuestion(question, source, placed, words, paragraph, id))
    return SquadArticle(source, text, tuple(questions), left_out)


def _origins(contexts: Sequence[str], canonical: str) -> Iterator[int | None]:
    """Where each paragraph starts; None for one that cleaning dropped."""
    cursor = 0
    for context in contexts:
        origin = canonical.find(context, cursor) if context else -1
        if origin < 0 and context:  # of a paragraph that stands twice running the first is kept
            origin = canonical.find(context)
        yield origin if origin >= 0 else None
        cursor = max(cursor, origin + len(context))


def _spans(asked: Question, context: str, place: str, errors: list[str]) -> list[Span]:
    """Distinct spans of the answers in the context as it is written to a document."""
    spans: list[Span] = []
    for number, answer in enumerate(asked.answers if not asked.is_impossible else ()):
        words = _joined(answer.text)
        start = _nearest_start(words, context, answer)
        if not words or start is None:
            said = f"{shown(answer.text)} does not stand in the paragraph's context"
            errors.append(f"{place}.answers[{number}]: {said}")
        else:
            spans.append((start, start + len(words)))
    return list(dict.fromkeys(spans))


def _nearest_start(words: str, context: str, answer: Answer) -> int | None:
    """Where the words start, white space joined; the place nearest to what the file says."""
    before = _joined(context[: answer.answer_start] + "|")[:-1]
    starts = places_of(words, _joined(context))
    return min(starts, key=lambda start: abs(start - len(before)), default=None)


def _joined(text: str) -> str:
    """Text as ingest leaves it, in one line."""
    return " ".join(normalise(text).split())


def _with_unique_ids(articles: Sequence[SquadArticle]) -> Iterator[SquadArticle]:
    """Ids of a file merged from several may stand twice: the second becomes `id-2`."""
    seen: Counter[str] = Counter()
    for article in articles:
        questions = []
        for question in article.questions:
            seen[question.id] += 1
            count = seen[question.id]
            unique = question.id if count == 1 else f"{question.id}-{count}"
            questions.append(replace(question, id=unique))
        yield replace(article, questions=tuple(questions))


def _case(question: SquadQuestion) -> Case:
    spans = zip(question.answers, question.spans, strict=True)
    gold = tuple(
        GoldWords(document=question.article, words=words, start=start)
        for words, (start, _) in spans
    )
    answers = tuple(dict.fromkeys(question.answers))
    return Case(
        id=question.id,
        question=question.question,
        gold=(gold,) if gold else (),
        facts=(answers,) if gold else (),
        abstain="never" if gold else "must",
        tags=(SQUAD,),
    )
