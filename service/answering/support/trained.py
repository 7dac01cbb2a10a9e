"""The default checker: rules for what must not change, the trained model for the rest."""

from collections.abc import Mapping, Sequence

from service.answering.support.names import names_said
from service.answering.support.ruling import ruled
from service.answering.support.trained_model import SupportModel
from service.answering.support.verdict import Evidence, SupportVerdict
from service.language_models.limits import Limits

THRESHOLD = 0.25  # at 0.5 three times as many true statements are dropped for 1 % more caught


class TrainedChecker:
    """Whole sentences of the evidence are supported by it; what breaks a rule is not; the model
    decides the rest."""

    name = "trained"
    prompts: Mapping[str, str] = {}

    def __init__(self, model: SupportModel, threshold: float = THRESHOLD) -> None:
        """`threshold`: least probability, 0 to 1, at which a statement counts as supported."""
        self._model = model
        self._threshold = threshold

    def check(
        self, statement: str, evidence: Sequence[Evidence], limits: Limits | None = None
    ) -> list[SupportVerdict]:
        def supports(left: Sequence[Evidence]) -> list[float]:
            read = self._model.read(statement, [_with_names(statement, one) for one in left])
            return [reading.support for reading in read]

        return ruled(statement, evidence, self._threshold, supports)

    def warm_up(self) -> None:
        """The rules read word lists at their first statement, the model its graph."""
        said = "Brimholm has two mills, Ann Lee says."
        self.check(said, [Evidence("The town, she says, has 2 mills.", "Brimholm. Ann Lee")])


def _with_names(statement: str, evidence: Evidence) -> str:
    """The evidence, and before it the names that it means by "she" or "the company": the model
    reads nothing else of the context, which would support what is not cited."""
    borrowed = names_said(statement, evidence.text, evidence.context).borrowed
    return ": ".join([*borrowed, evidence.text])
