"""Two or more settings on the same cases: what each gains or loses against the first."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from eval.metrics import METRICS, Metric
from eval.metrics.bootstrap import difference_interval
from eval.results import RunResult
from ingest.errors import FootnoteError
from service.settings import ServiceSettings


class VariantError(FootnoteError):
    """A TOML file that does not say what to run."""


class Variant(BaseModel):
    """One side of a comparison, as a TOML file: `label`, and either `[settings]` of this checkout
    (names as in the environment, without the prefix, in lower case) or `url` of a service."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str = Field(min_length=1)
    settings: dict[str, Any] = {}
    url: str = ""
    api_key: str = ""

    @field_validator("settings")
    @classmethod
    def _known(cls, settings: dict[str, Any]) -> dict[str, Any]:
        unknown = settings.keys() - ServiceSettings.model_fields.keys()
        if unknown:
            raise ValueError(f"there is no setting {', '.join(sorted(unknown))}")
        return settings


class Difference(BaseModel):
    """A metric of one run against the first, over the cases that count in both."""

    model_config = ConfigDict(frozen=True)

    metric: str
    first: float
    other: float
    low: float
    high: float
    """`low` and `high`: the 95 % interval of `other - first`, paired by case."""
    cases: int

    @property
    def beyond_chance(self) -> bool:
        return self.low > 0 or self.high < 0


def load_variant(path: Path) -> Variant:
    """Raises VariantError, with the file and the key at fault."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        return Variant.model_validate({"label": path.stem} | data)
    except OSError as error:
        raise VariantError(f"{path} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VariantError(f"{path} is not valid TOML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        reason = str(first["msg"]).removeprefix("Value error, ")
        raise VariantError(f"{path}: {'.'.join(map(str, first['loc']))}: {reason}") from None


def differences(first: RunResult, other: RunResult) -> list[Difference]:
    """Of every metric that is a mean over cases (the paired bootstrap needs a value a case)."""
    found = (_difference(metric, first, other) for metric in METRICS)
    return [difference for difference in found if difference is not None]


def _difference(metric: Metric, first: RunResult, other: RunResult) -> Difference | None:
    name = metric.name
    theirs = {result.case.id: result.values for result in other.cases}
    both = [
        (result.values[name], theirs[result.case.id][name])
        for result in first.cases
        if name in result.values and name in theirs.get(result.case.id, {})
    ]
    if not both:
        return None
    before, after = np.array(both, dtype=np.float64).T[:, :, None]
    low, high = difference_interval(before, after, name)
    return Difference(
        metric=name,
        first=float(before.mean()),
        other=float(after.mean()),
        low=low,
        high=high,
        cases=len(both),
    )


def changed_cases(first: RunResult, other: RunResult) -> tuple[Sequence[str], Sequence[str]]:
    """Ids of the cases that only the first run has right, and that only the other has."""
    right = {result.case.id: result.right for result in other.cases}
    lost = [r.case.id for r in first.cases if r.right and not right[r.case.id]]
    won = [r.case.id for r in first.cases if not r.right and right[r.case.id]]
    return lost, won
