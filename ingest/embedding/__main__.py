"""`python -m ingest.embedding`: check the weights and export the configured model, at set-up."""

import sys

from ingest.embedding import load_embedding
from ingest.errors import FootnoteError
from ingest.settings import IngestSettings, load_settings


def main() -> int:
    try:
        settings = load_settings(IngestSettings)
        load_embedding(settings.embedding_model, settings.models)
    except FootnoteError as error:
        print(f"ingest: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
