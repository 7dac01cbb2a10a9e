"""What embeds passages in another way than the encoder, and leaves all else to it."""

from collections.abc import Sequence

from ingest.embedding.encoder import Encoder


class PassagesApart:
    """The part of an `Embedding` that is the encoder's own; subclasses embed the passages."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name, self.dimension = encoder.name, encoder.dimension
        self.most_tokens = encoder.most_tokens

    def get_query_embedding(self, query: str) -> list[float]:
        return self._encoder.get_query_embedding(query)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._encoder.count_tokens(texts)

    def cut(self, text: str, tokens: int) -> str:
        return self._encoder.cut(text, tokens)
