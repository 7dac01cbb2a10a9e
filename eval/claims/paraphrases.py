"""True, in other words: shortened, in another order, in the other voice, in other signs."""

import re
from random import Random

from eval.cases.drafts.verbs import PAST, is_participle
from eval.claims.claim import Reworded, Told
from service.answering.support.spelt_numbers import SPELT

_QUOTED = re.compile(r"[“\"][^“”\"]+[”\"]")
_IN_BRACKETS = re.compile(r" \([^()]*\)| \[[^\[\]]*\]")
_ASIDE = re.compile(
    r", (?:which|who|whose|where|although|though|however|including|such as)[^,;:]{5,90},(?= [a-z])"
)
_TRAILING = re.compile(
    r"""
    (?<=\w{3}),\ (?:which|who|whose|where|although|though|while|including|such\ as|with|making|
        leaving|giving|becoming)\b
    [^;:“"]{8,} (?=\.$)""",
    re.VERBOSE,
)
_FRONTED = re.compile(
    r"""
    ^(?P<front> (?:In|On|At|By|During|After|Before|Since|Until|From|Following|Throughout|Between)
        \ [^,;:()“"]{3,50} )
    ,\ (?P<rest> [^;:“"]{15,}? ) \.$""",
    re.VERBOSE,
)
_FINAL = re.compile(
    r"""
    ^(?P<rest> [A-Z][^,;:()“"]{15,}? )
    \ (?P<front> (?:in|on|during|after|before|since|until)\ (?:the\ )?
        (?: \d{4} | [A-Z][a-z]+\ \d{1,2},?\ \d{4} | [A-Z][a-z]+\ \d{4}
          | [a-z]+\ century | \d\d?th\ century ))
    \.$""",
    re.VERBOSE,
)
_LIST = re.compile(
    r"""
    (?P<before> (?:^|[\w’'-]+\ )?)
    \b(?P<one>[A-Z]?[\w’'-]+),\ (?P<two>[\w’'-]+),?\ (?P<and>and|or)\ (?P<three>[\w’'-]+)
    (?=[.,;]|\ (?:are|were|have|in|on|of)\b)""",
    re.VERBOSE,
)
_PAIR = re.compile(
    r"""
    (?P<before> (?:^|[\w’'-]+\ )?)
    \b(?P<one>[A-Z][\w’'-]+|[a-z]+s)\ (?P<and>and|or)\ (?P<two>[A-Z][\w’'-]+|[a-z]+s)
    (?=[.,;]|\ (?:are|were|have|had)\b)""",
    re.VERBOSE,
)
# The order says something, or another clause goes on from here.
_ORDERED = re.compile(r"\b(?:respectively|in that order|followed by|first|then|later|between)\b")
_GOES_ON = re.compile(r", (?:but|while|although|though|then|whereas)\b")
_PASSIVE = re.compile(
    r"""
    ^(?P<object> [A-Z][^,;:()“"]{2,50}? )
    \ (?:was|were)\ (?P<verb>\w+)\ by
    \ (?P<subject> (?:the\ |a\ |an\ )? (?:[A-Z][\w’'.-]*|[a-z]+)
        (?:\ (?:of\ |the\ )?[A-Z][\w’'.-]*)* )
    (?P<rest> \ (?:in|on|at|during|after|for|from)\b[^;:“"]* )? \.$""",
    re.VERBOSE,
)
_ACTIVE = re.compile(
    r"""
    ^(?P<subject> (?:The\ |An?\ )? [\w’'-]+ (?:\ (?:of\ |the\ )?[\w’'-]+){0,3}? )
    \ (?P<verb>\w+ed)
    \ (?P<object> (?:the\ |a\ |an\ |its\ |his\ |her\ )? [\w’'-]+
        (?:\ (?:of\ |the\ )?[\w’'-]+){0,4}? )
    (?P<rest> \ (?:in|on|at|during|after|from)\b\ [^,;:“"]* )? \.$""",
    re.VERBOSE,
)
_NO_NOUN = re.compile(
    r"\b(?:was|were|is|are|had|has|have|been|only|first|it|they|he|she|there|that|which|who|and|or|"
    r"after|by|when|while|as|to|not|hand|train|car|bus|ship|sea|air|accident|mistake|law|default|"
    r"then|now|[a-z]+ed|[a-z]+ly)\b",
    re.IGNORECASE,
)
# Words that can go without making it surer than it was.
_ADVERB = re.compile(
    r" (?:also|however|therefore|thus|then|currently|eventually|subsequently|particularly|"
    r"especially)(?= [a-z])"
)
_OPENER = re.compile(
    r"^(?:However|Therefore|Moreover|Furthermore|In addition|For example|For instance|Thus|Also|"
    r"Additionally|Nevertheless|As a result), (?P<rest>\w)"
)
_SAME_MEANING = """
began:started started:began about:around large:big many:numerous said:stated stated:said
purchased:bought bought:purchased constructed:built built:constructed founded:established
established:founded located:situated often:frequently frequently:often mainly:mostly
mostly:mainly primarily:mainly near:close~to because:since however:but created:made received:got
obtained:got children:kids assist:help help:aid nearly:almost almost:nearly ended:finished
finished:ended wrote:authored residents:inhabitants inhabitants:residents entire:whole
whole:entire required:needed needed:required various:different several:some called:named
named:called requires:needs uses:employs employed:used utilized:used use:employ begins:starts
shows:demonstrates showed:demonstrated demonstrated:showed remained:stayed resides:lives
died:passed~away film:movie movie:film company:firm firm:company physician:doctor
lawyer:attorney approximately:roughly selected:chosen chose:selected permitted:allowed
allowed:permitted allows:permits prohibited:banned forbidden:banned banned:prohibited
prevent:stop rapidly:quickly quickly:rapidly significant:important important:significant
"""
_SYNONYMS = dict(pair.split(":") for pair in _SAME_MEANING.split())
_SYNONYM = re.compile(
    rf"\b(?:{'|'.join(sorted(_SYNONYMS))})\b(?! (?:of|for|on|off|upon|that|after|as)\b)"
)


def unchanged(told: Told, draw: Random) -> Reworded | None:
    return Reworded(told.text)


def shortened(told: Told, draw: Random) -> Reworded | None:
    """Without what stands in brackets, asides, and what is added after a comma."""
    text = told.text
    for form in (_IN_BRACKETS, _ASIDE, _TRAILING, _ADVERB):
        if form is _IN_BRACKETS or draw.random() < 0.8:
            text = form.sub("", text)
    opened = _OPENER.match(text)
    if opened:
        text = opened["rest"].upper() + text[opened.end() :]
    return _other(text, told)


def reordered(told: Told, draw: Random) -> Reworded | None:
    """What opens it goes to its end, or the other way round; lists in another order."""
    text = told.text
    if _ORDERED.search(text):
        return None
    fronted = None if _GOES_ON.search(text) else _FRONTED.match(text)
    final = _FINAL.match(text)
    if fronted:
        front = fronted["front"][0].lower() + fronted["front"][1:]
        text = f"{_capital(fronted['rest'])} {front}."
    elif final:
        text = f"{_capital(final['front'])}, {told.prose.inside(final['rest'])}."
    else:
        text = _LIST.sub(_list_turned, text, count=1)
        text = text if text != told.text else _PAIR.sub(_pair_turned, text, count=1)
    return _other(text, told)


def other_voice(told: Told, draw: Random) -> Reworded | None:
    """Active becomes passive, passive active."""
    text = told.text
    passive = _PASSIVE.match(text)
    if passive and _turns(passive):
        return _other(
            f"{_capital(passive['subject'])} {passive['verb']} "
            f"{told.prose.inside(passive['object'])}{passive['rest'] or ''}.",
            told,
        )
    active = _ACTIVE.match(text)
    if active and _turns(active):
        thing = active["object"]
        was = "were" if thing.endswith("s") and not thing.endswith("ss") else "was"
        return _other(
            f"{_capital(thing)} {was} {active['verb']} by "
            f"{told.prose.inside(active['subject'])}{active['rest'] or ''}.",
            told,
        )
    return None


def other_signs(told: Told, draw: Random) -> Reworded | None:
    """Numbers in words or figures, "%" or "percent", "U.S." or "US", no separators."""
    text = re.sub(r"(?<=\d) ?%| percent\b", lambda f: "%" if "p" in f[0] else " percent", told.text)
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text) if draw.random() < 0.5 else text
    figures = {str(number): word for word, number in SPELT.items() if 2 <= number <= 12}
    words = {word: figure for figure, word in figures.items()}
    text = re.sub(r"(?<![\w.,:$£€-])\d{1,2}(?![\w.,:%-])", lambda f: figures.get(f[0], f[0]), text)
    if text == told.text:
        text = re.sub(rf"\b(?:{'|'.join(words)})\b(?! of)", lambda f: words[f[0]], text)
    return _other(text, told)


def synonymous(told: Told, draw: Random) -> Reworded | None:
    """Common words become others that mean the same."""
    text = _SYNONYM.sub(
        lambda f: _SYNONYMS[f[0]].replace("~", " ") if draw.random() < 0.8 else f[0], told.text
    )
    return _other(text, told)


def _list_turned(found: re.Match[str]) -> str:
    if _is_part_of_name(found):
        return found[0]
    one, two, three = found["one"], found["two"], found["three"]
    return f"{found['before']}{three}, {one} {found['and']} {two}"


def _pair_turned(found: re.Match[str]) -> str:
    if _is_part_of_name(found):
        return found[0]
    return f"{found['before']}{found['two']} {found['and']} {found['one']}"


def _is_part_of_name(found: re.Match[str]) -> bool:
    """Whether what the list begins with goes on from the word before: "Ann Lee and Roe"."""
    return found["before"][:1].isupper()


def _turns(found: re.Match[str]) -> bool:
    """Whether verb, subject and object are what they were taken for."""
    nouns = found["subject"], found["object"]
    sound = found["verb"] in PAST and is_participle(found["verb"])
    return sound and not any(_NO_NOUN.search(noun) for noun in nouns)


def _other(text: str, told: Told) -> Reworded | None:
    """None where it is the same, or changes what somebody said."""
    kept = all(quoted in told.text for quoted in _QUOTED.findall(text))
    return Reworded(text) if kept and text != told.text else None


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
