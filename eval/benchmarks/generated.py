"""Generated documents for timing: plain sentences of common words, the same in every run."""

import random
from pathlib import Path

_NOUNS = (  # noqa: SIM905 (thirty literals are no clearer)
    "time year people way day man child world school state family student group country problem "
    "hand part place week company system program question work government number night point home "
    "water room mother area money story fact month lot right study book eye job word business "
    "issue side kind head house service friend father power hour game line end member law car city"
).split()
_VERBS = (  # noqa: SIM905 (thirty literals are no clearer)
    "brought found kept held wrote heard let meant set met ran paid sat led read grew lost sent "
    "built understood drew broke spent cut rose drove bought wore chose"
).split()
_ADJECTIVES = (  # noqa: SIM905 (thirty literals are no clearer)
    "new good high old great big small large national young different black long little important "
    "political bad white real best social only public sure early able local late hard major better"
).split()
_SEED = 7


def write_documents(folder: Path, count: int) -> None:
    """`count` text files of a title and one paragraph of some 115 tokens: a passage each."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(_SEED)
    for number in range(count):
        title = f"{chance.choice(_ADJECTIVES).title()} {chance.choice(_NOUNS)} number {number}"
        sentences = " ".join(sentence(chance) for _ in range(chance.randint(3, 5)))
        (folder / f"{number:06}.txt").write_text(f"{title}\n\n{sentences}\n")


def sentence(chance: random.Random) -> str:
    """One of some 27 words."""
    noun, verb, adjective = (
        iter(chance.choices(words, k=6)) for words in (_NOUNS, _VERBS, _ADJECTIVES)
    )
    return (
        f"The {next(adjective)} {next(noun)} {next(verb)} the {next(noun)} of "
        f"{chance.randint(2, 999)} {next(noun)}s, and {next(adjective)} {next(noun)}s "
        f"{next(verb)} it in the {next(noun)} before the {next(adjective)} {next(noun)} came."
    )
