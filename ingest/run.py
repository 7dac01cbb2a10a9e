"""One ingest from settings: what the command, the tests and the evaluation all call."""

from collections.abc import Sequence

from ingest.embedding import load_encoder
from ingest.index import IndexSettings
from ingest.opening import create_index
from ingest.passages import PassageSettings
from ingest.settings import IngestSettings
from ingest.sources import check_paths
from ingest.update import Report, lock_index, update_index


def run(settings: IngestSettings, paths: Sequence[str], prune: bool = False) -> Report:
    """Ingest with these settings. Raises FootnoteError."""
    check_paths(paths, may_be_empty=prune)
    encoder = load_encoder(settings.embedding_model, settings.cache / "models")
    sizes = PassageSettings(encoder.most_tokens, settings.passage_tokens)
    wanted = IndexSettings(
        settings.embedding_model, encoder.dimension, sizes.target_tokens, sizes.most_tokens
    )
    with lock_index(settings.index):
        index = create_index(settings.index, wanted)
        return update_index(index, paths, encoder, sizes, prune)
