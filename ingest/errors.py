"""Errors a person can act on: each message names the file or setting and what to do."""


class FootnoteError(Exception):
    """Root of every error this project raises on purpose."""


class SettingsError(FootnoteError):
    """A setting has a value that cannot be used."""


class SourceError(FootnoteError):
    """A path to ingest does not exist or holds nothing to read."""


class UnreadableFile(FootnoteError):
    """One file cannot become a document; the others are not affected."""


class IndexMissing(FootnoteError):
    """There is no index at the configured place yet."""


class IndexMismatch(FootnoteError):
    """The index was built with other settings than the ones in force."""


class IndexBusy(FootnoteError):
    """Another ingest is writing to the index."""


class IndexUnreachable(FootnoteError):
    """The index exists in name, but cannot be opened or asked."""

    retry_after_s = 5.0


class DocumentNotFound(FootnoteError):
    """No document has this id."""


class ModelError(FootnoteError):
    """A model cannot be found, verified or run."""


class ModelUnreachable(ModelError):
    """A model's server cannot be reached, or is not well now."""

    retry_after_s = 5.0
