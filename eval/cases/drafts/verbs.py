"""Past tenses of verbs that reports and articles are made of, and participles."""

import re

_REGULAR = """
abandon abolish accept achieve acquire add adopt announce appear appoint approve arrest arrive
attack attend attract ban begin capture carry cause celebrate change close collapse collect
complete conquer construct contain convert cover create cross declare defeat deliver demand deploy
destroy detain develop die discover divide dominate double earn elect emerge employ enact end enter
establish expand expel experience export finish form found gain govern graduate happen host
identify implement import impose improve increase inspire install introduce invade invent invite
issue join kill land last launch lift marry merge migrate move occupy occur offer open operate
order organise organize own pass perform plan play prevent produce prohibit promote propose protect
publish purchase raise ratify reach receive recognise recognize record recover reduce refuse reject
release relocate remain remove rename repair replace resign restore retire return reveal rule score
secure separate serve settle sign start stay stop succeed suffer support surpass surrender survive
suspend transfer transform travel treat unveil visit vote witness
"""
_IRREGULAR = """
became:become began:begin bought:buy brought:bring broke:break built:build burnt:burn came:come
chose:choose cost:cost drew:draw fell:fall fought:fight gave:give grew:grow held:hold kept:keep
led:lead left:leave lost:lose made:make met:meet paid:pay ran:run rebuilt:rebuild rose:rise saw:see
sank:sink sent:send sold:sell spent:spend stood:stand struck:strike taught:teach took:take won:win
wrote:write went:go
"""


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PARTICIPLES = word_set(
    "begun born broken brought built burnt cut drawn driven found given held hidden hit kept laid "
    "led lit lost made met overthrown paid put rebuilt seen sent set shot shut sold spent split "
    "struck sunk taken taught thrown torn understood won written"
)
_NO_EVENTS = word_set(
    "based called considered known located named related situated supposed used regarded"
)


def _past(base: str) -> str:
    if base in ("ban", "expel", "plan", "stop", "transfer"):
        return f"{base}{base[-1]}ed"
    if re.search(r"[^aeiou]y$", base):
        return f"{base[:-1]}ied"
    return f"{base}d" if base.endswith("e") else f"{base}ed"


PAST = {_past(base): base for base in _REGULAR.split() if base != "begin"} | dict(
    pair.split(":") for pair in _IRREGULAR.split()
)
"""Past tense to base form."""


def is_participle(word: str) -> bool:
    """Of a verb that happens at some time, not one that lasts."""
    return (word.endswith("ed") or word in _PARTICIPLES) and word not in _NO_EVENTS
