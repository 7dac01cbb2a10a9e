"""Fixtures of the evaluation: this checkout over seeds/, asked in process."""

from pathlib import Path

import pytest

from eval.targets.in_process import InProcess
from service.assembly import Assembly
from service.settings import ServiceSettings


@pytest.fixture(scope="module")
def seeds_target(seeds_index: Path) -> InProcess:
    assembly = Assembly(ServiceSettings(index=str(seeds_index)))
    assembly.warm_up()
    return InProcess(assembly)
