"""Asking a language model at a scripted server, as the service does."""

from dataclasses import dataclass, field
from typing import Any

from service.language_models.failures import ModelFailure
from service.language_models.language_model import LanguageModel, Message
from service.language_models.limits import Cancellation, Deadline, Limits
from service.language_models.providers import load_language_model
from service.settings import ServiceSettings
from tests.model_servers.scripted_server import ScriptedServer

KEY = "sk-hush-0123456789"
MESSAGES = [Message("system", "Be brief."), Message("user", "How tall is it?")]


@dataclass
class Outcome:
    pieces: list[str] = field(default_factory=list)
    failure: ModelFailure | None = None

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def kind(self) -> str | None:
        return self.failure.kind if self.failure else None


def model_at(server: ScriptedServer, **settings: Any) -> LanguageModel:
    """Without retries unless they are asked for."""
    given = {"model": server.model, "model_base_url": server.url, "model_api_key": KEY}
    return load_language_model(ServiceSettings(**(given | {"model_retries": 0} | settings)))


def limits(seconds: float = 10.0, cancellation: Cancellation | None = None) -> Limits:
    return Limits(Deadline.after(seconds), cancellation or Cancellation())


def ask(model: LanguageModel, seconds: float = 10.0) -> Outcome:
    """What came, and how it failed if it did."""
    outcome = Outcome()
    try:
        for piece in model.stream(MESSAGES, limits(seconds)):
            outcome.pieces.append(piece)
    except ModelFailure as failure:
        outcome.failure = failure
    return outcome
