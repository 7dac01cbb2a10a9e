"""Why feedback cannot be given."""

from ingest.errors import FootnoteError


class AnswerNotFound(FootnoteError):
    """No answer has this id, or it was too long ago."""


class NothingRemembered(FootnoteError):
    """The service is set to keep no answers."""


class FeedbackUnavailable(FootnoteError):
    """The file cannot be read or written."""
