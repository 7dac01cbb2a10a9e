"""Documents put together at random, to fill an index with: the same in every run."""

import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from eval.cases.files import read_text
from eval.cases.squad import SquadArticle, load_squad
from eval.training.ranking_examples import written
from ingest.sentences import sentence_spans

DrawSentence = Callable[[random.Random], str]

_SEED = 7
_PASSAGES = 20  # of a document
_TITLE_WORDS = 5
_WORDS = (4, 60)  # of a sentence worth taking


def write_drawn(folder: Path, passages: int, draw: DrawSentence, passage_tokens: int) -> None:
    """Text files of together `passages` paragraphs or a few more. Each is a passage or two: two of
    them have more words, so more tokens, than would be joined to one. Files that are as they
    should be already are left alone, so that ingest sees that nothing has changed."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(_SEED)
    wanted = {f"{n:06}.txt" for n in range(-(-passages // _PASSAGES))}
    for stale in folder.iterdir():
        if stale.name not in wanted:
            stale.unlink()
    for name in sorted(wanted):
        file, text = folder / name, _document(chance, draw, passage_tokens)
        if not file.is_file() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8", newline="\n")


def real_sentences(files: Iterable[Path]) -> list[str]:
    """The distinct sentences of SQuAD-format files, and of `.tsv` files of a question, a tab and a
    sentence a line. Raises CaseError."""
    found = (sentence for file in files for sentence in _sentences(file))
    return list(dict.fromkeys(s for s in found if _WORDS[0] <= len(s.split()) <= _WORDS[1]))


def _document(chance: random.Random, draw: DrawSentence, passage_tokens: int) -> str:
    words = draw(chance).split()[:_TITLE_WORDS]
    title = " ".join(word.strip(".,;:?!()\"'") for word in words)
    paragraphs = (_paragraph(chance, draw, passage_tokens) for _ in range(_PASSAGES))
    return "\n\n".join([title, *paragraphs]) + "\n"


def _paragraph(chance: random.Random, draw: DrawSentence, passage_tokens: int) -> str:
    """More words than half a passage has tokens, and seldom more tokens than a passage may have."""
    least = chance.randint(passage_tokens // 2 + 1, passage_tokens * 3 // 4)
    sentences: list[str] = []
    while least > 0:
        sentences.append(draw(chance))
        least -= len(sentences[-1].split())
    return " ".join(sentences)


def _sentences(file: Path) -> Iterator[str]:
    if file.suffix == ".tsv":
        for line in read_text(file).splitlines():
            text = written(line.partition("\t")[2])
            yield text[:1].upper() + text[1:]  # its case is lost, but how it began can be told
    else:
        for article in load_squad(file):
            yield from _sentences_of(article)


def _sentences_of(article: SquadArticle) -> Iterator[str]:
    _title, *paragraphs = article.text.split("\n\n")
    for paragraph in paragraphs:
        for start, end in sentence_spans(paragraph):
            yield paragraph[start:end].strip()
