"""What pages print between the paragraphs of an article: links to other articles, and offers to
subscribe. Looked for in pages only (plain text saved from one, HTML), one line at a time.
"""

import re
from collections.abc import Sequence

from ingest.readers.rough import RoughBlock

_TEASER = re.compile(
    r"(?:read more|read also|also read|related|related (?:stories|articles|coverage|content)|"
    r"more on this(?: story)?|more (?:stories|coverage)|more from [\w' ]{1,30}|recommended|"
    r"don['’]t miss|you may also like)\s*[:|>»]\s*\S",
    re.IGNORECASE,
)
_LIST_OF_TEASERS = re.compile(
    r"(?:related (?:stories|articles|coverage|content|links)|more (?:stories|coverage|on this "
    r"story)|read more|recommended(?: for you| stories)?|you (?:may|might) also like|"
    r"most (?:read|popular)|top stories|trending(?: now)?)\s*:?",
    re.IGNORECASE,
)
_OFFER = re.compile(r"(?:sign up|subscribe|register|get|receive|join|follow|like)\b", re.IGNORECASE)
_OFFERED = re.compile(
    r"\b(?:newsletters?|inbox|e-?mail (?:alerts?|updates?)|(?:daily|morning|evening) briefing|"
    r"mailing list|our (?:\w+ )?(?:channel|podcast|app)|"
    r"us on (?:facebook|twitter|x|instagram|telegram|whatsapp|youtube|linkedin|tiktok))\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…。:;,][\"'”’»)\]]*$")
_MOST_WORDS = 25
_MOST_CHARACTERS = 200
_MOST_TEASERS = 8


def teasers(blocks: Sequence[RoughBlock]) -> set[int]:
    """Positions of links to other articles: "Read more: ...", and lists of headlines under
    "Related stories"."""
    found: set[int] = set()
    for here, block in enumerate(blocks):
        if here in found or not _is_line(block):
            continue
        if _TEASER.match(block.text) and not _SENTENCE_END.search(block.text):
            found.add(here)
        elif _LIST_OF_TEASERS.fullmatch(block.text):
            found |= _headlines_after(blocks, here)
    return found


def offers(blocks: Sequence[RoughBlock]) -> set[int]:
    """Positions of lines that ask to subscribe to a newsletter or to follow a site."""
    return {
        here
        for here, block in enumerate(blocks)
        if _is_line(block) and _OFFER.match(block.text) and _OFFERED.search(block.text)
    }


def _headlines_after(blocks: Sequence[RoughBlock], label: int) -> set[int]:
    """A label and the headlines below it; nothing when text, not headlines, comes below."""
    end = label + 1
    while (
        end < len(blocks)
        and end - label <= _MOST_TEASERS
        and _is_line(blocks[end])
        and not _SENTENCE_END.search(blocks[end].text)
    ):
        end += 1
    return set(range(label, end)) if end > label + 1 or label == len(blocks) - 1 else set()


def _is_line(block: RoughBlock) -> bool:
    return (
        block.kind in ("paragraph", "list_item", "heading")
        and len(block.text) <= _MOST_CHARACTERS
        and len(block.text.split()) <= _MOST_WORDS
        and "\n" not in block.text
    )
