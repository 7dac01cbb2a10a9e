"""Questions that leave out what the last one said: "And in Y?", "Why?", "Which ones?".

What is left out is taken from the frame of the last question: the new constituent takes the
place of the one like it, or is added.
"""

import re
from collections.abc import Sequence
from typing import Final

from service.answering.conversation.antecedents import Exchange, topic
from service.answering.conversation.chunks import tokens
from service.answering.conversation.mentions import Mention, mentions
from service.answering.conversation.word_classes import (
    AUX,
    BREAKS,
    CALENDAR,
    IMPERATIVES,
    PLACING,
    PREPOSITIONS,
    PRONOUNS,
    WH,
    is_verb,
)

_BARE_WH: Final = re.compile(
    r"^(?P<wh>why|when|where|who|how|how so|how come|what|which|how (?:many|much|often|long|far)|"
    r"since when|by whom|(?:in|on|for|at) (?:what|which) \w+)"
    r"(?: (?P<else>else)| exactly| though| then| that| is that| was that| not)*\W*$",
    re.IGNORECASE,
)
_ONES: Final = re.compile(
    r"^(?P<wh>which|what)(?: ones?| of (?:them|these|those))\b", re.IGNORECASE
)
_ORDINAL: Final = re.compile(
    r"\bthe (?P<order>first|second|third|fourth|fifth|last|other|next|former|latter)(?: ones?)?"
    r"(?=\W*$|\s+(?:is|are|was|were|do|does|did|have|has|say|called)\b)",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(
    r"^(?:(?:and |or |but )?(?:what|how) (?:about|of)|and about)\s+", re.IGNORECASE
)
_AND: Final = re.compile(r"^(?:and|or|but|also|then)\s+", re.IGNORECASE)
_PART: Final = re.compile(
    r"^(?:who|what|where|which|when|how \w+) (?:is|was|are|were) the [\w-]+(?: [\w-]+)?$",
    re.IGNORECASE,
)
_FRAME: Final = re.compile(  # what comes after the things asked for
    r"^(?:how many|what|which)(?: [\w-]+)*? "
    r"((?:did|does|do|was|were|is|are|has|have|can)\b.*)",
    re.IGNORECASE,
)
_FEW: Final = 2
_MOST_NEW, _MOST_FRAME = 6, 18  # words of a constituent and of what it goes into


def completed(text: str, before: Sequence[Exchange], resolved: bool) -> str:
    """`resolved`: whether a word of `text` has been put back already."""
    last = before[-1]
    stem = _bare(last.question)
    if found := _BARE_WH.match(text):
        return _asked_again(found["wh"], bool(found["else"]), last)
    if _ONES.match(text):
        return _which_ones(text, last)
    if _ORDINAL.search(text):
        text = _with_noun(text, before)
    about, joined = _ABOUT.match(text), _AND.match(text)
    lead = about or joined
    rest = _bare(text[lead.end() :] if lead else text)
    if lead and not is_clause(rest):
        framed = _substituted(rest, last, stem)
        return framed or _about(text, rest, before, resolved)
    if lead and joined and not about:
        text = text[joined.end() :]
    if not resolved and _lacks_topic(_bare(text)):
        return _with_topic(text, rest, before)
    return text


def _about(text: str, rest: str, before: Sequence[Exchange], resolved: bool) -> str:
    """What takes no place in the last question: "And the fee?" is "What about the fee for ...?"."""
    if not _content(rest):
        return text
    led = _AND.match(text) and not _ABOUT.match(text)
    what = "What" if text[:1].isupper() else "what"
    text = f"{what} about {rest}?" if led else text
    part = rest.partition(" ")[0].lower() in ("the", "a", "an", "any")
    says_enough = resolved or (len(_content(rest)) > (_FEW + 1 if part else 1))
    return text if says_enough else _with_topic(text, rest, before)


def is_clause(text: str) -> bool:
    words = tokens(text)
    return bool(words) and (
        words[0].lower in WH | AUX | IMPERATIVES
        or (len(words) > 2 and words[0].lower in PREPOSITIONS and words[1].lower in WH)
        or any(w.lower in AUX for w in words[1:])
    )


def _bare(text: str) -> str:
    return text.rstrip(" ?!.,;:")


def _content(text: str) -> list[str]:
    return [w.lower for w in tokens(text) if w.lower not in BREAKS and w.lower not in ("the", "a")]


def _asked_again(wh: str, is_else: bool, last: Exchange) -> str:
    """ "Why?" after "When did it open?" is "Why did it open?"."""
    stem = _bare(last.question)
    words = tokens(stem)
    first = words[0].lower if words else ""
    if is_else:
        found = re.match(r"(?:who|whom|what|where|which)\b", stem, re.IGNORECASE)
        if found and f" {wh.lower()}" in f" {found[0].lower()}":
            return f"{found[0]} else{stem[found.end() :]}?"
    wh = {"how so": "why", "how come": "why"}.get(wh.lower(), wh.lower())
    asked = wh[:1].upper() + wh[1:] if stem[:1].isupper() else wh
    if first in AUX:
        return f"{asked} {stem[0].lower() + stem[1:]}?"
    if len(words) > 1 and first in WH and words[1].lower in AUX and first not in ("who", "what"):
        return f"{asked} {stem[words[1].start :]}?"
    return f"{stem}, and {wh}{' else' if is_else else ''}?"


def _which_ones(text: str, last: Exchange) -> str:
    """With the things that the answer counts, or that the question asks for."""
    wh = tokens(text)[0].text
    things = [m for m in last.answered if m.counted] or [
        m for m in last.asked if m.counted or m.plural
    ]
    stem = _bare(last.question)
    if not things:
        return f"{stem}, and which ones?" if stem else text
    one = re.match(r"\w+ one\b", text, re.IGNORECASE)
    noun = _singular(things[0]) if one else things[0].bare
    rest = re.sub(_ONES, "", _bare(text), count=1)
    if _content(rest):
        return f"{wh} {noun}{rest}?"
    frame = _FRAME.match(stem)
    said = frame[1] if frame else ""
    return f"{wh} {noun} {said}".rstrip() + "?"


def _with_noun(text: str, before: Sequence[Exchange]) -> str:
    """ "the second one" with what there are several of."""
    found = _ORDINAL.search(text)
    for exchange in reversed(before):
        nouns = [_ordered(m) for m in (*exchange.asked, *exchange.answered)]
        noun = max(nouns, key=lambda noun: noun.count(" ") if noun else -1, default="")
        if noun and found:
            put = f"the {found['order'].lower()} {noun}"
            return text[: found.start()] + put + text[found.end() :]
    return text


def _ordered(m: Mention) -> str:
    """ "pump" for "three pumps" and for "the first pump", or ""."""
    found = re.match(r"the (?:first|second|third|fourth|last|other|next) (.+)", m.text)
    return found[1] if found else _singular(m) if m.counted else ""


def _singular(m: Mention) -> str:
    bare = m.bare
    at = bare.lower().find(m.head)
    head = m.head
    one = head[:-3] + "y" if head.endswith("ies") else head[:-1] if head.endswith("s") else head
    return bare[:at] + bare[at : at + len(one)] + bare[at + len(head) :] if at >= 0 else bare


def _substituted(new: str, last: Exchange, stem: str) -> str:
    """The last question with `new` for what is like it, or "" when nothing is."""
    words = tokens(new)
    if not words or len(words) > _MOST_NEW or len(stem.split()) > _MOST_FRAME:
        return ""
    if words[0].lower in PREPOSITIONS:
        return _with_phrase(new, words[0].lower, last, stem)
    constituents = mentions(f"about {new}", last.names)  # its capital begins no sentence
    one = constituents[0] if constituents else None
    target = _like(one, last.asked, stem) if one else None
    if target is None:
        return ""
    kept = target.text if target.text == target.bare else target.bare
    start = stem.find(kept)
    if start < 0:
        return ""
    swapped = new if target.text == target.bare else re.sub(r"^(?:the|a|an)\s+", "", new)
    return f"{stem[:start]}{swapped}{stem[start + len(kept) :]}?"


def _with_phrase(new: str, preposition: str, last: Exchange, stem: str) -> str:
    """ "in Y" for "in X", or at the end."""
    inner = mentions(new, last.names)
    named = bool(inner) and inner[0].named
    for m in reversed(last.asked):
        lead = f"{preposition} {m.text}"
        alike = m.named == named and (named or preposition not in PLACING)
        if inner and alike and lead in stem:
            return stem.replace(lead, new, 1) + "?"
    for found in re.finditer(rf"\b{re.escape(preposition)} (\w+)", stem):
        if _is_time(found[1]) and _is_time(tokens(new)[-1].text):
            return f"{stem[: found.start()]}{new}{stem[found.end() :]}?"
    return f"{stem} {new}?"


def _is_time(word: str) -> bool:
    return word.isdigit() or word.lower().removesuffix("s") in CALENDAR


def _like(new: Mention, asked: Sequence[Mention], stem: str) -> Mention | None:
    """What `new` stands in for: a name for a name, a noun for the same noun or the last one."""
    if new.named:
        named = [m for m in asked if m.named and m.bare in stem]
        kindred = [m for m in named if m.place == new.place or m.person * new.person > 0]
        return next(reversed(kindred or named), None)
    same = [m for m in asked if m.head == new.head and not m.nested]
    if same:
        return same[-1]
    tied = [m for m in asked if m.nested and not m.named and m.start > 0]
    return tied[-1] if tied and stem.endswith(tied[-1].text) else None


def _lacks_topic(text: str) -> bool:
    """Whether a question says too little to be about anything by itself.

    That is a word or two without a verb ("any awards?"), a question without a noun ("When was it
    reorganised?" with the "it" left out), or one about a part of something ("the captain").
    """
    words = tokens(text)
    content = _content(text)
    if any(w.is_capital and w.text != "I" for w in words[1:]) or any(c.isdigit() for c in text):
        return False
    if not is_clause(text):
        said = {w.lower for w in words} & (PREPOSITIONS | PRONOUNS)
        return not said and 0 < len(content) <= _FEW
    if _PART.match(text):
        return True
    verbs_only = len(content) == 1 and is_verb(content[0]) and " the " not in text.lower()
    counts = re.match(r"(?:how many|how much|which|what|whose) [\w-]+$", text, re.IGNORECASE)
    return verbs_only or bool(counts)


def _with_topic(text: str, rest: str, before: Sequence[Exchange]) -> str:
    subject = topic(before)
    if subject is None or _shares_word(rest, subject.text):
        return text
    bare = _bare(text)
    tie = "in" if subject.place and subject.named else "for"
    return f"{bare} {tie} {subject.definite}{text[len(bare) :].strip()[:1] or '?'}"


def _shares_word(text: str, other: str) -> bool:
    """Also "indian" with "India"."""
    starts = {word[:4] for word in _content(other)}
    return any(word[:4] in starts for word in _content(text))
