"""Two or more settings on the same cases: what each gains or loses against the first."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from eval.metrics import METRICS
from eval.metrics.paired import Paired, paired
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
        if "index" in settings:
            raise ValueError("an index is made of the documents for each comparison; give url")
        return settings

    @model_validator(mode="after")
    def _one_or_other(self) -> "Variant":
        if self.url and self.settings:
            raise ValueError("settings are of this checkout: a service at a url has its own")
        return self


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
        place = ": ".join([str(path), *map(str, first["loc"][:1])])
        raise VariantError(f"{place}: {reason}") from None


def differences(first: RunResult, other: RunResult) -> dict[str, Paired]:
    """Each metric in both runs, over the same cases."""
    theirs = {result.case.id: result.rows for result in other.cases}
    rows = [(result.rows, theirs.get(result.case.id, {})) for result in first.cases]
    found = {
        metric.name: paired(metric, [(a.get(metric.name), b.get(metric.name)) for a, b in rows])
        for metric in METRICS
    }
    return {name: difference for name, difference in found.items() if difference is not None}


def changed_cases(first: RunResult, other: RunResult) -> tuple[Sequence[str], Sequence[str]]:
    """Ids of the cases that only the first run has right, and that only the other has."""
    right = {result.case.id: result.right for result in other.cases}
    lost = [r.case.id for r in first.cases if r.right and not right[r.case.id]]
    won = [r.case.id for r in first.cases if not r.right and right[r.case.id]]
    return lost, won
