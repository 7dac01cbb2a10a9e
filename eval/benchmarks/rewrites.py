"""`python -m eval.benchmarks.rewrites FOLDER`: follow-ups made to stand alone, against people's.

FOLDER is `retrieval_tasks` of MTRAG (Katsis et al. 2025, arXiv:2501.03468), by domain
`DOMAIN/DOMAIN_questions.jsonl` (the user's turns; the assistant's are not in these files, so the
rewriter sees less here than in the service) and `DOMAIN/DOMAIN_rewrite.jsonl` (the last of them
rewritten by a person). First turns are left out: there is nothing to lean on. Measured are

- left alone: of the questions that the person left as they were, up to case, marks and spaces,
  the share that the rewriter did too;
- added precision, recall, F1: with Q, H, R the sets of content stems of the question, of the
  person's and of the rewriter's rewrite, |(R-Q) & (H-Q)| over |R-Q| and over |H-Q|, the counts
  summed over questions (micro average);
- token F1 of the whole, as SQuAD has it (Rajpurkar et al. 2016), and ROUGE-L, the F measure of
  the longest common subsequence of words (Lin 2004); both the mean over questions, 0 to 1.

Beside it stand the question as it is, and the question after the user's turn before.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from service.answering.conversation import Turn, understand
from service.retrieval.words import content_stems

_SPEAKER = re.compile(r"^\|user\|:\s*", re.MULTILINE)
Rewriter = Callable[[Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class Asked:
    turns: tuple[str, ...]  # the user's, the last is to be rewritten
    person: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares from 0 to 1; `questions` and `alone` count."""

    questions: int
    alone: int
    left_alone: float
    precision: float
    recall: float
    f1: float
    token_f1: float
    rouge_l: float


def main() -> None:
    made = argparse.ArgumentParser(prog="python -m eval.benchmarks.rewrites", description=__doc__)
    made.formatter_class = argparse.RawDescriptionHelpFormatter
    made.add_argument("folder", type=Path)
    made.add_argument("--domains", nargs="+", help="only these")
    arguments = made.parse_args()
    domains = {
        folder.name: read(folder)
        for folder in sorted(arguments.folder.iterdir())
        if folder.is_dir() and (not arguments.domains or folder.name in arguments.domains)
    }
    if not domains:
        made.error(f"no such domain in {arguments.folder}")
    domains["all"] = [asked for read_in in domains.values() for asked in read_in]
    Console().print(_table(domains))


def by_rule(turns: Sequence[str]) -> str:
    questions = understand(turns[-1], [Turn("user", turn) for turn in turns[:-1]])
    return " ".join(one.standalone for one in questions)


def as_it_is(turns: Sequence[str]) -> str:
    return turns[-1]


def joined(turns: Sequence[str]) -> str:
    return " ".join(turns[-2:])


REWRITERS: dict[str, Rewriter] = {
    "as it is": as_it_is,
    "joined with the one before": joined,
    "rewritten": by_rule,
}


def read(folder: Path) -> list[Asked]:
    """The follow-ups of a domain."""
    rewrites = _texts(folder / f"{folder.name}_rewrite.jsonl")
    asked = []
    for key, text in _texts(folder / f"{folder.name}_questions.jsonl").items():
        turns = tuple(_SPEAKER.split(text)[1:])
        if len(turns) > 1 and key in rewrites:
            person = _SPEAKER.sub("", rewrites[key]).strip()
            asked.append(Asked(tuple(turn.strip() for turn in turns), person))
    return asked


def score(asked: Sequence[Asked], rewriter: Rewriter) -> Scores:
    rewrites = [rewriter(one.turns) for one in asked]
    alone = [
        _plain(made) == _plain(one.turns[-1])
        for one, made in zip(asked, rewrites, strict=True)
        if _plain(one.person) == _plain(one.turns[-1])
    ]
    both = ours = theirs = 0
    for one, made in zip(asked, rewrites, strict=True):
        question = set(content_stems(one.turns[-1]))
        added, wanted = (
            set(content_stems(made)) - question,
            set(content_stems(one.person)) - question,
        )
        both, ours, theirs = both + len(added & wanted), ours + len(added), theirs + len(wanted)
    pairs = [(_plain(m), _plain(one.person)) for one, m in zip(asked, rewrites, strict=True)]
    return Scores(
        questions=len(asked),
        alone=len(alone),
        left_alone=_mean([float(same) for same in alone]),
        precision=both / ours if ours else 1.0,
        recall=both / theirs if theirs else 1.0,
        f1=_f1(both, ours, theirs),
        token_f1=_mean([token_f1(*pair) for pair in pairs]),
        rouge_l=_mean([rouge_l(*pair) for pair in pairs]),
    )


def token_f1(made: Sequence[str], wanted: Sequence[str]) -> float:
    both = sum((Counter(made) & Counter(wanted)).values())
    return _f1(both, len(made), len(wanted))


def rouge_l(made: Sequence[str], wanted: Sequence[str]) -> float:
    """F measure with equal weights of the longest common subsequence of words."""
    longest = [0] * (len(wanted) + 1)
    for word in made:
        before = list(longest)
        for at, other in enumerate(wanted, start=1):
            longest[at] = before[at - 1] + 1 if word == other else max(before[at], longest[at - 1])
    return _f1(longest[-1], len(made), len(wanted))


def _f1(both: int, made: int, wanted: int) -> float:
    return 2 * both / (made + wanted) if made + wanted else 1.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _texts(file: Path) -> dict[str, str]:
    rows = map(json.loads, file.read_text("utf-8").splitlines())
    return {row["_id"]: row["text"] for row in rows}


def _table(domains: dict[str, list[Asked]]) -> Table:
    table = Table(title="Follow-ups made to stand alone, against people's rewrites")
    for name in ("domain", "question"):
        table.add_column(name)
    for name in ("n", "left alone", "added P", "added R", "added F1", "token F1", "ROUGE-L"):
        table.add_column(name, justify="right")
    for domain, asked in domains.items():
        for name, rewriter in REWRITERS.items():
            s = score(asked, rewriter)
            shares = (s.precision, s.recall, s.f1, s.token_f1, s.rouge_l)
            left = f"{s.left_alone:.3f} of {s.alone}"
            table.add_row(domain, name, str(s.questions), left, *(f"{x:.3f}" for x in shares))
        table.add_section()
    return table


if __name__ == "__main__":
    main()
