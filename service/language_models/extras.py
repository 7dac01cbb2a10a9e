"""Providers that are optional extras of the installation."""

from ingest.errors import ModelError


def missing_extra(name: str) -> ModelError:
    return ModelError(
        f"FOOTNOTE_MODEL: {name} is not installed: .venv/bin/pip install -e '.[{name}]'"
    )
