"""The form in which a sentence reports what someone says, and who that is.

The forms of a reporting clause ("X, the head of Y, said that", "... is described by X as") are
regular expressions over the string of the words' tags, so that a match gives back the words.
Nothing is guessed: where no form fits there is no speaker.
"""

import re
from typing import NamedTuple

from service.answering.attribution.words import (
    Span,
    Token,
    participles,
    tagged_words,
    word_of,
)


class _Active(NamedTuple):
    """A verb and its subject, as places in the tags; `is_last`: it stands after what is said."""

    verb: int
    subject: Span
    is_last: bool


class Found(NamedTuple):
    """A speaker in a paragraph's own offsets; `is_pronoun` where "she" is all the sentence says."""

    start: int
    end: int
    is_pronoun: bool


_MOST_TOKENS = 120  # of a sentence: what is longer is a list or a table

# Noun phrases as tags. A head is a name or a word for someone who speaks.
_CHUNK = "(?:[dg#]{1,3}|(?![GVJCDAF]))[nNRXKgm#VJCDAFG]{0,6}[NRXK]#?"
_LOOSE = "[dg#]{0,3}[nNRXKgm#T&]{0,6}[nNRXK#]"
_AFTER_HEAD = f"(?:[nSACFJDYLG]?[oyei]{_LOOSE}){{0,4}}"
_NP = f"{_CHUNK}P?{_AFTER_HEAD}"
_AFTER_VERB = (
    f"(?:{_CHUNK}(?:[nJDCG]?[oy]{_LOOSE}|(?<=[RX])e[dg]?[NR]+(?:o{_LOOSE})?){{0,3}}(?![nNRXK]))"
)
_PLAIN = "[dg][nN#]{0,3}n"  # "the driver": enough before or after "said"
_LIST = f"{_NP}(?:,{_NP}){{1,5}},?&{_NP}"
_INTRO = (
    r"(?:[Bm&],?)?(?:(?:[ieoyZT#m][^,SACFJYDLKp!;:Qq]{0,12}|a[^,]{1,8}),)?"
    r"(?:(?:id?[T#]|T)[T#]*)?"
)
_SUBJECTS = [
    re.compile(rf"^{_INTRO}(?P<np>{_LIST})P?$"),
    re.compile(rf"(?:^{_INTRO}|[,;:QqP-]|(?:^|,)a)(?P<np>{_NP}(?:&{_NP})?|{_PLAIN}|p)P?$"),
    re.compile(rf"^{_INTRO}(?P<np>{_NP}(?:&{_NP})?)P?,[^;:]{{1,40}},$"),
    re.compile(rf"[,Qq](?P<np>{_NP})P?,[^,;:]{{1,12}},$"),
]
_VERB = re.compile(r"[SACFKJYDLG]")
_CLAUSE = "(?:[mT]|(?<=^)[ie][dgnNRXKoyeTi#]{1,10})*,?(?:t(?![bh])|p|[Qq]|:)"
_FINITE = "(?![oeyi])[dgnNRXK#oeyimT]{1,10}(?:(?<!i)[hb]|q)|[dgnNRXK#oeyimT&]{1,14}q"
_COMPLEMENT = {
    "S": re.compile(r""),
    "A": re.compile(r"(?:$|[^oyei.!])"),
    "C": re.compile(f"{_CLAUSE}|{_FINITE}|i[hb]"),
    "F": re.compile(_CLAUSE.replace("p|", "") + "|[dgnNRXK#oeyimT&]{1,14}q"),
    "K": re.compile(f"{_CLAUSE}|{_FINITE}|i[hb]"),
    "J": re.compile(r"[dgnNRXKpuqQ#]"),
    "D": re.compile(r"(?![oyei])[^,;.]{1,14}?[aqQ]|[qQ]"),
}
_STORY = re.compile(
    r"\s+(?:of\b|(?:[\w’'-]+\s+){0,3}(?:story|stories|tales?|truth|lies?|jokes?|goodbye|farewell|time)\b)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\s+(?:that|having|any|wrongdoing|involvement|responsibility|it\b|(?:[\w’'-]+\s+){0,4}?"
    r"(?:accusation|allegation|claim|charge|suggestion|criticism|report|notion|idea|finding)s?\b)",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\s+(?:for\b|(?:on|upon)\b.{1,80}?\bto\b|(?:[\w’'-]+\s+){0,5}?[“\"«]|(?:(?!(?:after|before"
    r"|from|during|with|as|at|on|in|to|for|by|of|about|an?)\b)[\w’'-]+\s+){1,5}an?\s)",
    re.IGNORECASE,
)
_AUXILIARIES = re.compile(r"(?:i(?=T)|[mhT])+$")
_ONLY_INTRO = re.compile(_INTRO + "(?:[ieZT#m][^,SACFJYDLKp]{0,12})?")
_PLURAL = re.compile(r".*(?:s|men|people|police|media|they|data)$")
_TAIL = re.compile(r"(?:[mT#]|[ieoy][dgnNRXK#T]{0,6})*[.,]*$")
_GOES_ON = re.compile(r"(?:[mT]|i[dT#]*)*,")
_SHORT_TAIL = re.compile(r"[mT]*(?:i[dg]?n*X)?[.,]*$")
_INVERTED = re.compile(rf"(?:[Qq]|,)m?(?P<v>[SACK])(?P<np>{_AFTER_VERB}|{_PLAIN}|p)(?=[,.ieTm]|$)")
_PASSIVE = re.compile(rf"b[mT]?(?P<v>[JDLV])(?P<mid>[^,;SAC]{{0,10}}?)y(?P<np>{_AFTER_VERB})")
_ACCORDING = re.compile(rf"Zi(?P<np>{_AFTER_VERB}(?:&{_AFTER_VERB})?)")
_SAYING = re.compile(rf"^{_INTRO}(?P<np>{_NP}|p)(?=[mh]*[nbhJYDLSACF]).*,(?P<v>G)[tpdNRXnqQ]")


def named_speaker(paragraph: str, start: int, end: int) -> Found | None:
    """The speaker named in `paragraph[start:end]`, outside quotations."""
    tokens = tagged_words(paragraph, start, end)
    if not tokens or len(tokens) > _MOST_TOKENS or paragraph[tokens[-1][1]] == "?":
        return None
    tags = "".join(tag for tag, _, _ in tokens)
    span = _reported(tags, tokens, paragraph)
    if span is None:
        return None
    dated = re.search(r"P?(?:i[dT#]+)?$", tags[slice(*span)])
    first, last = span[0], span[1] - (len(dated.group()) if dated else 0) - 1
    return Found(tokens[first][1], tokens[last][2], tags[first : last + 1] == "p")


def _reported(tags: str, tokens: list[Token], text: str) -> Span | None:
    """The tokens that name the speaker. The outermost report counts: the one put after all of
    it (", X said."), else the first."""
    actives = [
        a for verb in _VERB.finditer(tags) if (a := _active(verb.start(), tags, tokens, text))
    ]
    inverted = _INVERTED.search(tags)
    if inverted:
        verb = inverted.start("v")
        can_invert = not _is_bare(tokens[verb], text) and word_of(tokens[verb], text) != "told"
        if can_invert and all(a.verb != verb for a in actives):
            return inverted.span("np")
    if actives and actives[-1].is_last:
        return actives[-1].subject
    according = _ACCORDING.search(tags)
    if according and (
        not actives or according.start() < actives[0].verb or tags[according.start() - 1] == ","
    ):
        return according.span("np")
    if actives:
        return actives[0].subject
    passive = _PASSIVE.search(tags)
    if passive and _describes(tags, passive):
        return passive.span("np")
    saying = _SAYING.search(tags)
    if saying and participles()[word_of(tokens[saying.start("v")], text)] in "SAC":
        return saying.span("np")
    return None


def _active(verb: int, tags: str, tokens: list[Token], text: str) -> _Active | None:
    """The clause "X [has] said", if the tag at `verb` is its verb."""
    subject = _subject(verb, tags, tokens, text)
    if subject is None:
        return None
    start, end = subject
    after = tags[verb + 1 :]
    after_speech = start > 0 and tags[start - 1] in ",Qqa" and tags[verb] in "SACFK"
    follows = after_speech and (
        tags[start - 1] != "," or not _ONLY_INTRO.fullmatch(tags[: start - 1])
    )
    tail = _TAIL if tags[verb] == "S" else _SHORT_TAIL
    is_last = follows and tail.match(after) is not None
    if follows and not is_last and "&" in tags[start:end]:
        return None  # the end of a list whose beginning is no speaker
    fits = is_last or (follows and _GOES_ON.match(after) is not None)
    if not fits and not _completes(tags[verb], after, text[tokens[verb].end :], tags[start:end]):
        return None
    return _Active(verb, subject, is_last)


def _subject(verb: int, tags: str, tokens: list[Token], text: str) -> Span | None:
    stripped = _AUXILIARIES.search(tags, 0, verb)
    end = stripped.start() if stripped else verb
    matches = (pattern.search(tags, 0, end) for pattern in _SUBJECTS)
    match = next((match for match in matches if match), None)
    if match is None:
        return None
    subject = match.span("np")
    if _is_bare(tokens[verb], text) and not (
        "h" in tags[max(0, verb - 3) : verb] or _is_plural(subject, tags, tokens, text)
    ):
        return None
    is_plain = re.fullmatch(_PLAIN, match["np"]) is not None
    return None if is_plain and tags[verb] != "S" else subject


def _is_bare(verb: Token, text: str) -> bool:
    """Whether a verb is in its base form: "say", no "says", "said" or "told"."""
    word = word_of(verb, text)
    return not word.endswith(("d", "s", "ing")) and word not in ("wrote", "thought", "swore")


def _is_plural(subject: Span, tags: str, tokens: list[Token], text: str) -> bool:
    words = tags[slice(*subject)]
    head = re.match(_CHUNK, words)
    last = subject[0] + (head.end() if head else len(words)) - 1
    if words[-1] == "n" and tags[subject[1] + 1 : subject[1] + 2] in tuple("oie"):
        return False  # "a greater say in it"
    return "&" in words or _PLURAL.match(word_of(tokens[last], text)) is not None


def _completes(verb: str, after: str, words: str, subject: str) -> bool:
    """Whether what follows a verb is what is said, so that it reports and is no participle."""
    if verb in "YL":
        return (_DENIED if verb == "Y" else _CALLED).match(words) is not None
    if verb == "S" and _STORY.match(words):
        return False
    if verb == "F" and re.search("[XK]", subject) and re.match(_FINITE, after):
        return True
    return verb in _COMPLEMENT and _COMPLEMENT[verb].match(after) is not None


def _describes(tags: str, passive: re.Match[str]) -> bool:
    """Of "is V by X", whether it judges: "as" must follow, unless the verb does so itself."""
    if passive["v"] == "J":
        return True
    around = passive["mid"] + tags[passive.end() :][:3]
    return re.search("[q]" if passive["v"] == "L" else "[aqQ]", around) is not None
