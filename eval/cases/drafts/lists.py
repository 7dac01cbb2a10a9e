"""Lists: what there is of a kind, and what something is made of."""

import re
from collections.abc import Iterator

from eval.cases.drafts.sentences import Prose, Sentence
from eval.cases.drafts.verbs import PAST
from eval.cases.drafts.wording import Proposal, is_subject, question
from service.retrieval.words import says_something

_BASES = frozenset(PAST.values()) | {"include", "contain", "produce", "provide", "require", "use"}
_ITEM = r"(?:(?!which|who|whose|where|that )[^,;:()]){2,40}"
_ITEMS = rf"(?P<items>{_ITEM}(?:, {_ITEM})+,? and [^,;:().]{{2,40}})"
_SUCH_AS = re.compile(rf"(?P<kind>(?:[A-Za-z][\w’'-]* ){{1,3}}),? ?such as {_ITEMS}(?=[,;.)])")
_INCLUDE = re.compile(rf"(?P<subject>.+?) (?P<verb>include|includes|included) {_ITEMS}(?=[;.])")
_CONSISTS = re.compile(
    rf"(?P<subject>.+?) (?P<verb>consists? of|(?:is|are) (?:made up|composed) of) {_ITEMS}(?=[;.])"
)


def lists(sentence: Sentence, prose: Prose) -> Iterator[Proposal]:
    for form in (_of_made, _of_included, _of_examples):
        made = form(sentence.text, prose)
        if made:
            yield made
            return


def _of_made(text: str, prose: Prose) -> Proposal | None:
    found = _CONSISTS.match(text)
    if not found or not is_subject(found["subject"], prose):
        return None
    verb, subject = found["verb"], prose.inside(found["subject"])
    if verb.startswith("consist"):
        asked = question("What does" if "sts" in verb else "What do", subject, "consist of")
    else:
        be, *made = verb.split()
        asked = question(f"What {be}", subject, *made)
    return Proposal("list", asked, 0, found.end()) if asked else None


def _of_included(text: str, prose: Prose) -> Proposal | None:
    found = _INCLUDE.match(text)
    if not found or not is_subject(found["subject"], prose):
        return None
    subject = prose.inside(found["subject"])
    past = found["verb"] == "included"
    if found["verb"] == "includes" or subject.startswith("the "):
        does = "did" if past else "does" if found["verb"] == "includes" else "do"
        asked = question(f"What {does}", subject, "include")
    else:
        asked = question(f"What {'were' if past else 'are'} some", subject)
    return Proposal("list", asked, 0, found.end()) if asked else None


def _of_examples(text: str, prose: Prose) -> Proposal | None:
    """ "metals such as iron, tin and lead" asks for examples of metals."""
    found = _SUCH_AS.search(text)
    if not found:
        return None
    words = found["kind"].split()
    kind = words[-1:]
    for word in reversed(words[:-1]):
        if not says_something(word) or word.endswith(("ed", "ing", "ly", "s")) or word in _BASES:
            break
        kind = [word, *kind]
    if len(kind) < 2 or not kind[-1].endswith("s"):
        return None
    asked = question("What are examples of", prose.inside(" ".join(kind)))
    start = found.start("kind") + found["kind"].index(kind[0])
    return Proposal("list", asked, start, found.end()) if asked else None
