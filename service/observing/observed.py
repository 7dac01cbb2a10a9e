"""Everything that watches an application, put around it."""

from fastapi import FastAPI

from service.assembly import Assembly
from service.http.questions import Questions
from service.observing.answers import AnswerLog, count_answer
from service.observing.exposition import Exposition
from service.observing.request_ids import add_request_ids
from service.observing.requests import ObservedRequests
from service.observing.traces import trace
from service.settings import ServiceSettings


def observe(
    app: FastAPI, settings: ServiceSettings, assembly: Assembly, questions: Questions
) -> None:
    """After all other middleware, so that refusals are seen too. Raises SettingsError."""
    app.state.exposition = Exposition(assembly)
    questions.observers += [count_answer, AnswerLog(settings.log_questions)]
    app.add_middleware(ObservedRequests)
    app.state.flush_traces = trace(app, settings)
    add_request_ids(app)
