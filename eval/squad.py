"""SQuAD-format files (versions 1.1 and 2.0, Rajpurkar et al. 2016 and 2018) as documents."""

import json
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question with the span of its first gold answer in its article's text; None when the
    file says it has no answer."""

    question: str
    article: str
    span: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class SquadArticle:
    """An article as one plain text file: its title, then its paragraphs."""

    source: str
    text: str
    questions: tuple[SquadQuestion, ...]


def load_squad(path: Path) -> list[SquadArticle]:
    data = json.loads(path.read_text("utf-8"))["data"]
    return [_article(number, entry) for number, entry in enumerate(data)]


def _article(number: int, entry: dict) -> SquadArticle:  # type: ignore[type-arg]
    source = f"{number:03d}_{re.sub(r'[^A-Za-z0-9]+', '_', entry['title'])}.txt"
    text = entry["title"].replace("_", " ")
    questions = []
    for paragraph in entry["paragraphs"]:
        context = paragraph["context"]
        words = " ".join(context.split())
        start = len(text) + 2
        text += "\n\n" + words
        for asked in paragraph["qas"]:
            questions.append(_question(asked, source, context, start))
    return SquadArticle(source, text, tuple(questions))


def _question(asked: dict, source: str, context: str, origin: int) -> SquadQuestion:  # type: ignore[type-arg]
    question = " ".join(asked["question"].split())
    if asked.get("is_impossible") or not asked["answers"]:
        return SquadQuestion(question, source, None)
    answer = asked["answers"][0]
    before = " ".join(context[: answer["answer_start"]].split())
    words = " ".join(answer["text"].split())
    joined = " ".join(context.split())
    start = joined.find(words, max(0, len(before) - 1))
    start += origin
    return SquadQuestion(question, source, (start, start + len(words)))


def write_articles(articles: list[SquadArticle], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for article in articles:
        (folder / article.source).write_text(article.text + "\n", "utf-8")
