"""What stops a start, and where the service may listen."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, started


def refusal(*arguments: str, **settings: str) -> str:
    """The one line of a service that does not start."""
    done = subprocess.run(
        [sys.executable, "-m", "service", "--port", "0", *arguments],
        cwd=ROOT,
        env=os.environ | {f"FOOTNOTE_{name.upper()}": value for name, value in settings.items()},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    (line,) = done.stderr.splitlines()
    return line


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "answers.example.org"])
def test_without_keys_only_this_machine_is_listened_to(host: str, seeds_index: Path) -> None:
    line = refusal("--host", host, "--index", str(seeds_index))
    assert "FOOTNOTE_API_KEYS" in line
    assert "FOOTNOTE_ALLOW_UNAUTHENTICATED" in line


@pytest.mark.parametrize(
    ("arguments", "settings"),
    [([], {"api_keys": "ask:some-key"}), (["--allow-unauthenticated"], {})],
    ids=["keys", "told so"],
)
def test_with_keys_or_when_told_so_every_address_is(
    arguments: list[str], settings: dict[str, str], seeds_index: Path
) -> None:
    with started(seeds_index, "--host", "0.0.0.0", *arguments, **settings) as (_, client):
        headers = {"Authorization": "Bearer some-key", "Host": "answers.example.org"}
        assert client.get("/v1/documents", headers=headers).status_code == 200


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="no IPv6 here")
def test_the_address_of_version_six_is_one_to_click(seeds_index: Path) -> None:
    with started(seeds_index, "--host", "::1") as (_, client):
        assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("api_keys", "hunter2"),
        ("cors_origins", "https://example.org/path"),
        ("rate_limit", "often"),
        ("rate_limit_storage", "redit://:hunter2@localhost"),
        ("rate_limit_storage", "memcached://:hunter2@localhost:port"),
        ("index", "http://ada:hunter2@127.0.0.1:8000"),
        ("allowed_hosts", "answers.example.org:8000"),
        ("allowed_hosts", "https://answers.example.org"),
        ("workers", "0"),
        ("log_format", "xml"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    line = refusal(**{name: value})
    assert f"FOOTNOTE_{name.upper()}" in line
    assert "hunter2" not in line


@pytest.mark.parametrize("keys", [" ", "\n"])
def test_keys_of_space_alone_are_none(keys: str, seeds_index: Path) -> None:
    line = refusal("--host", "0.0.0.0", "--index", str(seeds_index), api_keys=keys)
    assert "FOOTNOTE_API_KEYS" in line


def test_a_host_that_no_resolver_takes_is_said(seeds_index: Path) -> None:
    line = refusal("--host", "a..b", "--index", str(seeds_index), api_keys="ask:key")
    assert "cannot listen on a..b" in line


def test_workers_say_a_wrong_index_once(seeds_index: Path) -> None:
    line = refusal("--workers", "3", "--index", str(seeds_index), embedding_model="other")
    assert "FOOTNOTE_EMBEDDING_MODEL" in line
