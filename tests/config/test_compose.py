"""What can be known of the image and the composition without an engine: users, secrets, health, what survives."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest
import yaml

from manage import PURE_COMMANDS
from portal.config.environment import read_environment
from portal.config.install.debian import RUN_PARTS
from portal.config.serve import command_for
from portal.config.supervisor.places import ROOT

COMPOSITION: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSITION["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
LONG_RUNNING = ["postgres", "valkey", "web", "worker", "scheduler"]
OURS = ["web", "worker", "scheduler", "roles", "migrate"]
EXAMPLE = {
    "APP_PASSWORD": "a",
    "OWNER_PASSWORD": "o",
    "ADMIN_PASSWORD": "x",
    "BROKER_PASSWORD": "b",
    "EMAIL_URL": "smtp+tls://u:p@mail.example:587",
    "DEFAULT_FROM_EMAIL": "portal@portal.example",
    "SECRET_KEY": "s" * 50,
    "PORTAL_MASTER_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "PORTAL_PACKET_KEYS": "2026-04-01:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "ALLOWED_HOSTS": "portal.example",
    "PORTAL_ORIGIN": "https://portal.example",
}


def _filled(environment: dict[str, str]) -> dict[str, str]:
    return {name: re.sub(r"\$\{(\w+):\?\}", lambda m: EXAMPLE[m[1]], text) for name, text in environment.items()}


def _final_user(dockerfile: str) -> str:
    return re.findall(r"^USER (\S+)", dockerfile, re.MULTILINE)[-1]


def test_the_image_does_not_run_as_root():
    assert _final_user(DOCKERFILE) not in {"root", "0"}
    assert DOCKERFILE.rindex("\nUSER ") > DOCKERFILE.rindex("\nRUN ")


def test_the_image_installs_the_locked_packages_by_hash():
    assert "--require-hashes" in DOCKERFILE
    assert not re.search(r"pip install (?!--require-hashes)", DOCKERFILE)


def test_the_image_has_every_system_part_that_running_needs():
    listed = set(
        shlex.split(DOCKERFILE.partition("--no-install-recommends")[2].partition("&&")[0].replace("\\\n", " "))
    )
    assert listed == {part.package for part in RUN_PARTS} - {"python3-venv"}


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_each_lasting_service_is_watched_and_comes_back(name):
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", OURS)
def test_our_services_have_no_rights_to_spare(name):
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["read_only"] is True
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service


@pytest.mark.parametrize("name", ["web", "worker", "scheduler"])
def test_serving_processes_know_the_harmless_role_alone(name):
    environment = _filled(SERVICES[name]["environment"])
    assert environment["DATABASE_URL"].startswith("postgres://portal_app:a@")
    assert not {"DATABASE_OWNER_URL", "DATABASE_ADMIN_URL"} & set(environment)
    assert EXAMPLE["ADMIN_PASSWORD"] not in environment.values()
    assert "postgres://postgres" not in " ".join(environment.values())


def test_only_the_role_step_knows_the_administrator():
    holders = {name for name, service in SERVICES.items() if "DATABASE_ADMIN_URL" in service.get("environment", {})}
    assert holders == {"roles"}
    assert "roles_sql" in SERVICES["roles"]["command"]
    assert "roles_sql" in PURE_COMMANDS


@pytest.mark.parametrize("name", ["web", "worker", "scheduler", "migrate"])
def test_what_a_service_is_given_satisfies_the_settings(name, monkeypatch):
    for variable, value in _filled(SERVICES[name]["environment"]).items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv("STORAGE", re.findall(r"STORAGE=(\S+)", DOCKERFILE)[0])
    monkeypatch.setenv("PORTAL_AS_OWNER", "1" if name == "migrate" else "0")
    role = "portal_owner" if name == "migrate" else "portal_app"
    assert read_environment()["database"]["USER"] == role


def test_no_secret_has_a_default():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    secrets = re.findall(r"\$\{(\w*(?:PASSWORD|KEY|URL)\w*)(.*?)\}", text)
    assert secrets
    assert {marker for _, marker in secrets} == {":?"}


def test_data_outlives_containers():
    assert set(COMPOSITION["volumes"]) == {"postgres", "valkey", "files"}
    mounted = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert mounted == set(COMPOSITION["volumes"])


def test_the_queue_is_written_to_disk_and_evicts_nothing():
    words = SERVICES["valkey"]["command"]
    assert words[words.index("--appendonly") + 1] == "yes"
    assert words[words.index("--maxmemory-policy") + 1] == "noeviction"
    assert "--requirepass" in words


def test_the_order_of_start_is_roles_then_tables_then_service():
    after = {name: set(service.get("depends_on", {})) for name, service in SERVICES.items()}
    assert after["roles"] == {"postgres"}
    assert "roles" in after["migrate"]
    assert all("migrate" in after[name] for name in ("web", "worker", "scheduler"))


def test_nothing_but_the_web_is_reachable_and_only_from_this_machine():
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:8000:8000"]}


@pytest.mark.parametrize("name", ["web", "worker", "scheduler"])
def test_each_command_is_one_that_exists(name):
    words = SERVICES[name]["command"]
    assert words[:3] == ["python", "-m", "portal.config.serve"]
    assert command_for(words[3], {"HOST": "0.0.0.0"})[1] == "-m"


def test_the_scheduler_is_alone():
    assert SERVICES["scheduler"]["deploy"] == {"replicas": 1}
