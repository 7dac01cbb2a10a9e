"""Reading the Dockerfile: its stages, and what a container of the last one is started with."""

import json
import re
from dataclasses import dataclass, field

from tests.conftest import ROOT

DOCKERFILE = ROOT / "Dockerfile"


@dataclass
class Stage:
    """One stage and its instructions, as (name, arguments), in order."""

    base: str
    name: str
    instructions: list[tuple[str, str]] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        return [arguments for found, arguments in self.instructions if found == name]

    def last(self, name: str) -> str:
        return self.all(name)[-1]


def stages() -> dict[str, Stage]:
    """By name, in order."""
    text = re.sub(r"^\s*#.*\n", "", DOCKERFILE.read_text("utf-8"), flags=re.MULTILINE)
    found: dict[str, Stage] = {}
    for line in re.sub(r"\\\n", " ", text).splitlines():
        name, _, arguments = line.strip().partition(" ")
        if name == "FROM":
            base, _, stage = arguments.partition(" AS ")
            found[stage] = current = Stage(base, stage)
        elif name and found:
            current.instructions.append((name, " ".join(arguments.split())))
    return found


def environment(stage: Stage) -> dict[str, str]:
    """The variables of `ENV`."""
    pairs = [pair for line in stage.all("ENV") for pair in line.split()]
    return dict(pair.split("=", 1) for pair in pairs)


def health_check(stage: Stage) -> list[str]:
    command: list[str] = json.loads(stage.last("HEALTHCHECK").split(" CMD ", 1)[1])
    return command


def start_command(stage: Stage) -> list[str]:
    """Entry point and default command."""
    command: list[str] = json.loads(stage.last("ENTRYPOINT")) + json.loads(stage.last("CMD"))
    return command


def removed_packages(stage: Stage) -> list[str]:
    """What a stage uninstalls by name."""
    found = re.search(r"pip uninstall --yes ([^&|]+)", stage.last("RUN"))
    assert found
    return found[1].split()
