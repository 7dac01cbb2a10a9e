"""Settings of the service, on top of what ingest needs: a file a subject."""

from ingest.settings import IngestSettings
from service.settings.access import AccessSettings
from service.settings.answers import MOST_QUESTION, AnswerSettings
from service.settings.models import EXTRACTIVE, PROVIDERS, ModelSettings
from service.settings.observing import ObservingSettings
from service.settings.serving import ServingSettings

__all__ = ["EXTRACTIVE", "MOST_QUESTION", "PROVIDERS", "ServiceSettings"]


class ServiceSettings(
    ObservingSettings,
    AccessSettings,
    ServingSettings,
    AnswerSettings,
    ModelSettings,
    IngestSettings,
):
    """Each field is `FOOTNOTE_` and its name in capitals, from the environment or `.env`."""
