"""What to do, and for how long: "Bake the bread for 40 minutes at 220 °C."."""

import re
from collections.abc import Iterator
from typing import Final

from service.answering.conversation.word_classes import PREPOSITIONS
from service.suggesting.forms.told import Told
from service.suggesting.phrases import is_clean, stands_alone
from service.suggesting.suggestion import Draft

_DO: Final = re.compile(
    r"^(?:(?:Then|Next|Finally|First),?\s)?(?P<verb>bake|boil|simmer|roast|fry|cook|knead|chill|"
    r"cool|rest|leave|let|soak|heat|grill|steam|whisk|beat|mix|stir|keep|store|marinate|wait|"
    r"charge|dry|wash|press|hold|freeze)\s(?P<what>(?:the|a|an|your)?\s?[^,;:.]{2,50}?)\s"
    r"(?:(?P<long>for\s(?:about\s|another\s|at\sleast\s|up\sto\s)?[\w–-]+\s(?:to\s\d+\s)?(?:more\s)?"
    r"(?:seconds|minutes|hours|days|weeks|months|years|hour|minute)\b)"
    r"|(?P<hot>(?:at|to)\s\d+\s?(?:°|degrees)))",
    re.IGNORECASE,
)


def instructions(told: Told) -> Iterator[Draft]:
    match = _DO.match(told.text)
    if match is None:
        return
    verb, what = match["verb"].lower(), match["what"].strip()
    if what.split()[0].lower() in PREPOSITIONS or not is_clean(what, 6):
        return
    if " " not in what and not what.endswith("s"):
        return
    named = 0.9 if stands_alone(what, f"{told.title} {told.headings}") else 0.5
    if match["long"]:
        yield Draft(f"How long should I {verb} {what}?", "rule", named)
    else:
        yield Draft(f"At what temperature should I {verb} {what}?", "rule", named)
