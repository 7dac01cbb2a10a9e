"""Prompt templates: text files in `prompts/`, each with a version, so that wording is data.

`prompts/README.md` describes the format.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from string import Template

from ingest.errors import FootnoteError

FOLDER = Path(__file__).parent.parent / "prompts"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FILE = re.compile(r"---\nversion:[ \t]*(?P<version>[\w.]+)[ \t]*\n---\n(?P<text>.*)", re.DOTALL)
_FENCE_LETTERS = 16


class PromptError(FootnoteError):
    """A prompt template is missing, has no version, or is filled with other values than it has."""


@dataclass(frozen=True, slots=True)
class Prompt:
    name: str
    version: str
    text: str
    """With `$placeholders`; a dollar sign is written `$$`."""

    def fill(self, **values: str) -> str:
        """The text with a value in each placeholder's place; `$` inside a value stays as it is.

        Raises PromptError when a placeholder has no value, or a value no placeholder.
        """
        template = Template(self.text)
        if not template.is_valid():
            raise PromptError(f"prompt {self.name}: a lone $ in the text: write $$ for it")
        wanted = set(template.get_identifiers())
        if missing := sorted(wanted - values.keys()):
            raise PromptError(f"prompt {self.name}: no value for ${', $'.join(missing)}")
        if unknown := sorted(values.keys() - wanted):
            raise PromptError(f"prompt {self.name} has no placeholder ${', $'.join(unknown)}")
        return template.substitute(values)


@lru_cache
def load_prompt(name: str, folder: Path = FOLDER) -> Prompt:
    """The template in `<folder>/<name>.md`. Raises PromptError."""
    if not _NAME.fullmatch(name):
        raise PromptError(f"{name!r} is no name of a prompt: small letters, figures and hyphens")
    path = folder / f"{name}.md"
    try:
        written = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"prompt {name} cannot be read from {path}: {error}") from error
    found = _FILE.fullmatch(written)
    if not found:
        raise PromptError(f"{path} must begin with three lines: ---, version: 1, ---")
    return Prompt(name, found["version"], found["text"].strip())


def fence(*texts: str) -> str:
    """A word to mark where foreign texts begin and end, which none of them can hold.

    It is made of their own digest: nobody can write a text that has its digest in it, and the
    same texts get the same prompt again.
    """
    digest = sha256("\0".join(texts).encode("utf-8", "surrogatepass"))
    word = digest.hexdigest()[:_FENCE_LETTERS]
    while any(word in text for text in texts):
        digest.update(word.encode())
        word = digest.hexdigest()[:_FENCE_LETTERS]
    return word
