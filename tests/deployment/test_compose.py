"""compose.yaml: hardened services that wait for one another, and settings that exist."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.settings import ServiceSettings
from tests.chroma_server import chroma_server
from tests.conftest import ROOT

TEXT = (ROOT / "compose.yaml").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
KNOWN = {  # of the compose specification, what is used here
    *("image", "build", "command", "restart", "ports", "networks", "volumes", "environment"),
    *("depends_on", "profiles", "healthcheck", "read_only", "cap_drop", "security_opt", "tmpfs"),
    *("init", "mem_limit", "pids_limit", "stop_grace_period"),
}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_pinned_bounded_and_may_do_little(name: str) -> None:
    service = SERVICES[name]
    assert set(service) <= KNOWN
    assert re.fullmatch(r"[\w./-]+:\d[\w.-]+", service["image"])
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert service.get("read_only") or name == "ollama"
    assert "privileged" not in service


def test_only_the_service_is_reached_and_only_from_this_machine() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["service"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["service"]["ports"])
    assert COMPOSE["networks"]["back"] == {"internal": True}
    assert SERVICES["chroma"]["networks"] == ["back"]


def test_everything_that_is_named_is_declared() -> None:
    for service in SERVICES.values():
        assert set(service["networks"]) <= COMPOSE["networks"].keys()
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            assert source in COMPOSE["volumes"] or source.startswith("$"), volume
        for needed, condition in service.get("depends_on", {}).items():
            assert condition == {"condition": "service_healthy"}
            assert "healthcheck" in SERVICES[needed]
    assert {name for name, service in SERVICES.items() if "profiles" in service} == {
        "ingest",
        "ollama",
    }


def test_settings_exist_and_a_missing_key_is_said() -> None:
    fields = {f"FOOTNOTE_{name.upper()}" for name in ServiceSettings.model_fields}
    for service in SERVICES.values():
        assert set(service.get("environment", {})) <= fields | {"FORWARDED_ALLOW_IPS"}
    keys = SERVICES["service"]["environment"]["FOOTNOTE_API_KEYS"]
    assert keys.startswith("${FOOTNOTE_API_KEYS:?")
    assert "API_KEYS: manage" not in TEXT


def test_chroma_is_the_version_that_is_tested_here() -> None:
    pinned = re.search(r"^chromadb==(.+)$", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    assert pinned
    assert SERVICES["chroma"]["image"] == f"chromadb/chroma:{pinned[1]}"


def test_the_health_check_of_chroma_tells_a_server_from_none(tmp_path: Path) -> None:
    """Its own command, with a port of this machine in the place of the container's."""
    with chroma_server(tmp_path) as server:
        check = [
            part.replace("$$", "$").replace("/8000", f"/{server.port}")
            for part in SERVICES["chroma"]["healthcheck"]["test"][1:]
        ]
        assert subprocess.run(check, capture_output=True, check=False).returncode == 0
        server.kill()
        assert subprocess.run(check, capture_output=True, check=False).returncode != 0
