"""The support checker that the settings name."""

from ingest.errors import ModelError
from service.answering.support import judge, nli, trained
from service.answering.support.checker import SupportChecker
from service.answering.support.trained_model import SupportModel
from service.language_models.language_model import LanguageModel
from service.settings import ServiceSettings

_NO_JUDGE = (
    "FOOTNOTE_SUPPORT is judge, but no language model is set: set FOOTNOTE_MODEL to one, "
    "or FOOTNOTE_SUPPORT to trained"
)
_STARVES = (
    "FOOTNOTE_SUPPORT is judge, but a local model writes one text at a time and cannot judge while "
    "it writes: set FOOTNOTE_SUPPORT to trained, or run the model in a server of its own "
    "(docs/models.md)"
)


def load_support(settings: ServiceSettings, model: LanguageModel | None) -> SupportChecker:
    """`model` is what writes the answers, None where they are quoted. Raises ModelError when the
    settings name no checker that can be had."""
    chosen, threshold = settings.support, settings.support_threshold
    if chosen == "trained":
        least = trained.THRESHOLD if threshold is None else threshold
        return trained.TrainedChecker(SupportModel(), least)
    if chosen == "judge":
        if model is None:
            raise ModelError(_NO_JUDGE)
        if model.name.startswith("local:"):
            raise ModelError(_STARVES)
        return judge.JudgeChecker(model)
    return nli.EntailmentChecker(chosen, nli.THRESHOLD if threshold is None else threshold)
