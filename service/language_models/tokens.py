"""Counting a model's tokens, with its own tokenizer or with another and a margin."""

import math
from pathlib import Path
from typing import Protocol

from ingest.errors import SettingsError

# Tokenizers differ: what one makes of a text is rarely more than a fifth above what another does.
_MARGIN = 1.2


class TokenCounter(Protocol):
    name: str
    """For people."""

    def count(self, text: str) -> int: ...


class EstimatedTokens:
    """The tokenizer that comes with llama-index-core; rather too many."""

    name = "an estimate, a fifth too high (FOOTNOTE_MODEL_TOKENIZER names a better one)"

    def count(self, text: str) -> int:
        from llama_index.core.utils import get_tokenizer

        return math.ceil(_MARGIN * len(get_tokenizer()(text)))


class TokenizerFile:
    def __init__(self, path: str) -> None:
        """`path`: a tokenizer.json or a folder with one. Raises SettingsError."""
        from tokenizers import Tokenizer

        file = Path(path)
        if file.is_dir():
            file = file / "tokenizer.json"
        if not file.is_file():
            raise SettingsError(f"FOOTNOTE_MODEL_TOKENIZER: there is no file {file}")
        self.name = str(file)
        try:
            self._tokenizer = Tokenizer.from_file(str(file))
        except Exception as error:
            raise SettingsError(
                f"FOOTNOTE_MODEL_TOKENIZER: {file} is no tokenizer: {error}"
            ) from None

    def count(self, text: str) -> int:
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)
