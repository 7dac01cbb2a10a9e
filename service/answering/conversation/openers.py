"""What people say before they ask: thanks, fillers, and that they change the subject."""

import re
from dataclasses import dataclass
from typing import Final

_NEW_TOPIC: Final = re.compile(
    r"^(?:(?:a |an |one |now |and |but |let'?s |let us |on to )*"
    r"(?:(?:completely |totally |very |entirely )?(?:different|new|another|other|unrelated|next) "
    r"(?:question|subject|topic|thing|matter|note)"
    r"|(?:change|changing|switch|switching) (?:of |the |my )?(?:subject|topic)s?"
    r"(?: (?:a )?(?:little|bit)(?: bit)?)?|(?:something|somewhere) (?:else|different)|moving on)"
    r"(?: (?:entirely|completely|now|please))?)(?:\s*[,.;:!–-]+\s*)",
    re.IGNORECASE,
)
_THANKS: Final = (
    r"thanks?(?: you)?(?: (?:so|very) much| a lot)?"
    r"(?: for (?:that|this|the \w+|(?:\w+ing|your help)(?: (?:that|this|it))?))?|thx|ty"
)
_FILLER: Final = re.compile(
    r"^(?:ok(?:ay)?|k|alright|all right|right|well|so|um+|uh+|hm+|oh|ah|wow|great|good|nice|"
    r"cool|perfect|fine|sure|yes|yeah|yep|got it|i see|understood|interesting|hi|hello|hey|"
    rf"of course|oh my god|{_THANKS}|that sounds \w+|"
    r"that(?:'s| is) (?:too bad|good|great|interesting|helpful|nice|all|fine)|"
    r"(?:that(?:'s| is| was)|this is) (?:really )?(?:surprising|helpful|sad)|"
    r"(?:and |just |oh )*one (?:more|last|final) (?:thing|question)|"
    r"(?:another|quick|last) question|(?:and )?by the way|btw|(?:and )?also|(?:and )?lastly|"
    r"(?:and )?finally|(?:and )?next|(?:going |coming )?back to (?:the|my) (?:topic|question)|"
    r"just (?:curious|wondering)|as a follow[- ]?up|follow[- ]?up(?: question)?|sorry|please|no)"
    r"(?:\s*[,.;:!…–-]+\s*)",
    re.IGNORECASE,
)
_BARE_FILLER: Final = re.compile(  # no mark has to follow these
    r"^(?:ok(?:ay)?|thanks|thank you|thx|so|well|oh|by the way|btw|alright)\s+"
    r"(?=(?:and|but|so|thanks?|what|who|whom|whose|which|when|where|why|how|is|are|was|were|do|does|did|"
    r"can|could|has|have|had|will|would|should)\b(?!\s*[?!.]*$))",
    re.IGNORECASE,
)
_JOINING: Final = re.compile(
    r"^(?:and|but|or|also|then)\s+(?=(?:(?:in|on|at|by|for|from|to|with|under|of|since|until)\s+)?"
    r"(?:what|who|whom|whose|which|when|where|why|how|is|are|was|were|do|does|did|can|could|has|"
    r"have|had|will|would|should)\b)",
    re.IGNORECASE,
)
_SPEAKING_OF: Final = re.compile(
    r"^(?:(?:speaking|talking) (?:about|of)|(?:going |coming )?back to|regarding|concerning|"
    r"as (?:for|to)|about)\s+(?P<topic>[^,.:;?!]{2,60}?)(?:\s+for a (?:moment|second|minute))?"
    r"\s*[,:;]\s*(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Opened:
    text: str  # what is asked, never empty unless nothing was
    new_topic: bool
    topic: str  # what the asker says it is about: "Back to the harbour: ...", or empty


def opened(question: str) -> Opened:
    """The question without what only leads up to it."""
    text, new_topic, topic = question, False, ""
    while True:
        if found := _NEW_TOPIC.match(text):
            new_topic = True
        else:
            found = _FILLER.match(text) or _BARE_FILLER.match(text) or _JOINING.match(text)
        if not found and (found := _SPEAKING_OF.match(text)):
            topic = found["topic"]
        rest = text[found.end() :] if found else ""
        if not any(letter.isalnum() for letter in rest):
            return Opened(capitalised(text, question), new_topic, topic)
        text = rest


def capitalised(text: str, like: str) -> str:
    """With a capital if `like` has one, or if its writer uses capitals at all."""
    writes_capitals = any(letter.isupper() for letter in like)
    return text[:1].upper() + text[1:] if writes_capitals else text
