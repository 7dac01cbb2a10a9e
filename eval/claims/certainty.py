"""Untrue by how sure or how general it is: "may" becomes "will", "some" becomes "all"."""

import re
from random import Random

from eval.claims.claim import Reworded, Told, replaced

_STRONGER = """
some:all many:all most:all several:all often:always sometimes:always usually:always
generally:always mostly:entirely mainly:only largely:entirely partly:entirely may:will might:will
could:will can:must should:must possibly:certainly probably:certainly perhaps:certainly
likely:certain allegedly:certainly reportedly:certainly supposedly:certainly rarely:never few:no
about:exactly approximately:exactly nearly:exactly almost:exactly roughly:exactly suggested:proved
claimed:proved alleged:proved argued:proved believed:knew estimated:established considered:was
denied:admitted accused:convicted proposed:adopted planned:began hoped:managed tried:managed
attempted:managed intended:managed threatened:began praised:criticised criticised:praised
criticized:praised welcomed:condemned condemned:welcomed agreed:refused refused:agreed
"""
_TURNS = dict(pair.split(":") for pair in _STRONGER.split())
_TURNING = re.compile(rf"(?<!\w)(?:{'|'.join(_TURNS)})(?!\w)")


def stronger(told: Told, draw: Random) -> Reworded | None:
    """One word that limits it becomes one that does not, or what is only said becomes done."""
    found = list(_TURNING.finditer(told.text))
    if not found:
        return None
    chosen = draw.choice(found)
    return replaced(told.text, chosen.span(), _TURNS[chosen[0]])
