"""English words by class: as much grammar as finding what a follow-up leans on takes.

Closed classes are listed whole or nearly; verbs and nouns are the commonest of their class.
"""

import re
from functools import lru_cache
from typing import Final

Words = frozenset[str]


def _words(text: str) -> Words:
    return frozenset(text.split())


WH: Final = _words("who whom whose what which when where why how")
BE: Final = _words("is are was were be been being am isn't aren't wasn't weren't")
DO: Final = _words("do does did don't doesn't didn't")
AUX: Final = (
    BE
    | DO
    | _words(
        "has have had can could will would shall should may might must hasn't haven't hadn't can't "
        "couldn't won't wouldn't shouldn't cannot"
    )
)
IMPERATIVES: Final = _words(
    "name list tell explain describe give compare summarize summarise find show define quote please"
)
DETERMINERS: Final = _words("the a an my your our his her its their this that these those")
COUNTS: Final = _words(
    "two three four five six seven eight nine ten eleven twelve several many few some both dozens"
)
ATTACHING: Final = _words("of on for about against between")  # they tie a noun to the one before
PREPOSITIONS: Final = ATTACHING | _words(
    "in at from to with by into onto over under after before during since until through without "
    "within among near towards toward upon across behind beyond per via like than as up out off "
    "down according outside inside around despite besides"
)
PLACING: Final = _words("in at from to near outside inside around across into")
PRONOUNS: Final = _words(
    "i me you we us he him she it they them mine yours ours hers theirs himself herself itself "
    "themselves one ones someone anyone everyone something anything everything nothing there here"
)
_ADVERBS: Final = _words(
    "not no yes and or but if then so too also else ever never still again already yet just "
    "only even very really mainly mostly usually often always sometimes now today currently ago "
    "back well maybe perhaps instead either neither nor because while although though once "
    "exactly together more most much less least such same any all every each another other own "
    "away when far good bad true early late long soon certainly probably right online "
    "originally can't allegedly reportedly recently ok okay thanks"
)
BREAKS: Final = WH | AUX | PREPOSITIONS | PRONOUNS | _ADVERBS

VERBS: Final = _words(
    "abuse accept achieve act add admit affect agree aim allow announce appear apply approve "
    "argue arrest ask attack attend avoid award ban base become begin believe belong blame "
    "break bring build buy call carry cause change charge choose claim clean close collect come "
    "complain conclude condemn consider contain continue cost cover create criticise criticize "
    "cross decide declare define deny describe design destroy determine develop die differ "
    "direct discover discuss draw drive drop eat employ enact end escape establish exist expect "
    "explain fail fall fear feed feel fight file find finish fly follow form found fund gain "
    "get give go grow handle happen hear help hire hold hope ignore impact implement improve "
    "include increase influence introduce invent invest involve issue join keep kill know last "
    "launch lead learn leave let like live look lose love maintain make manage marry mean "
    "measure meet mention move need occur offer open oppose order originate own pass pay "
    "perform plan play point prefer prevent prohibit promise propose protect prove provide "
    "publish put ratify reach read receive recommend record reduce refer refuse reject release "
    "rely remain remove repair replace report require resign respond return reveal rise rule "
    "run say see seem sell send serve set show sign sing sit sleep solve speak spend spread "
    "stand start state stay stop study suffer suggest support take talk teach tell think throw "
    "train travel treat try turn understand use visit vote wait want warn watch wear win wish "
    "work write arrive catch cook count enter eliminate ensure extend force gather hate heat "
    "hurt inform inspect install invite jump land list name note observe obtain occupy paint "
    "park pick press print process produce quit raise rate rebuild register regulate renew rent "
    "request rescue resolve restore retire ride save search secure select separate settle share "
    "shoot sound split steal store strike succeed sue supply surprise surround survive target "
    "taste tend test touch trade transfer trust uncover unite update value verify vary view "
    "violate withdraw wonder date lie recycle file breed melt freeze burn sink float smell "
    "weigh"
)
_PAST: Final = _words(
    "said went came took made gave got found told thought became left kept began brought wrote "
    "ran led held met won lost paid sent built spent stood grew fell rose drew flew chose broke "
    "spoke sold taught bought caught fought written taken given gone seen done known shown born "
    "meant heard felt kept slept swam sank hit chosen held"
)

PERSON_NOUNS: Final = _words(
    "man woman person guy boy girl king queen president minister chancellor mayor author writer "
    "singer actor actress player coach director founder chairman chairwoman chairperson chair "
    "ceo spokesman spokeswoman spokesperson ambassador secretary general "
    "emperor leader scientist doctor judge lawyer teacher professor artist poet painter "
    "inventor captain senator governor engineer manager officer editor inspector architect "
    "composer librarian representative expert head boss owner winner successor wife husband "
    "mother father son daughter brother sister keeper curator surgeon pilot driver chef nurse "
    "commissioner sheriff bishop priest pope pharaoh prince princess duke countess treasurer "
    "chief investigator"
)
PLACE_NOUNS: Final = _words(
    "country city town village state county region province place island continent river lake sea "
    "mountain mountains ocean valley district area street building site port harbour harbor"
)
THING_WORDS: Final = _words(  # in a name: it is not a person's
    "act law convention treaty agreement project mission program programme commission committee "
    "ministry department office council court union university college school institute "
    "organization organisation association agency company corporation inc ltd group bank party "
    "league club team nations states kingdom empire republic war movement cup award prize bowl "
    "game wall tower museum library hospital church street road bridge station bay river lake "
    "mountain mount city county island islands sea ocean north south east west new san los "
    "foundation fund report times news press foreign national international federal royal human "
    "rights world great society centre center ship railway airport park house theatre theater "
    "festival code protocol charter framework system service services board bureau authority "
    "disease virus"
)
CALENDAR: Final = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december"
)
DEGREES: Final = _words(  # "the best" is no thing
    "best worst most least first last second third next other same main whole only rest latter "
    "former oldest largest biggest smallest longest highest newest latest greatest"
)
_PLURALS: Final = _words("people children men women police media teeth feet mice both")
_ONE_FORM: Final = re.compile(r"(?:ss|us|is|ews|ics)$")


@lru_cache(maxsize=4096)
def is_plural(noun: str) -> bool:
    noun = noun.lower()
    return noun in _PLURALS or (len(noun) > 3 and noun.endswith("s") and not _ONE_FORM.search(noun))


@lru_cache(maxsize=4096)
def is_verb(word: str) -> bool:
    """Whether a lower-case word can be a verb, in any form."""
    return word in _PAST or any(base in VERBS for base in _bases(word))


def is_past(word: str) -> bool:
    """An irregular past form, which is seldom part of a phrase."""
    return word in _PAST


def is_participle(word: str) -> bool:
    """-ed and -ing forms: they may stand before a noun, which other verbs do not."""
    return len(word) > 4 and word.endswith(("ed", "ing"))


def _bases(word: str) -> list[str]:
    made = [word]
    for ending, instead in (("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", "")):
        if word.endswith(ending):
            made.append(word.removesuffix(ending) + instead)
    if word.endswith(("ed", "ing")):
        stem = word.removesuffix("ed").removesuffix("ing")
        made += [stem, stem + "e", stem[:-1]]  # walk-ed, us-ed, plan-n-ed
    return made
