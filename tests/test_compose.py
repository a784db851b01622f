"""docker-compose.yml: read as YAML, and held against the settings, the commands and the image."""

import re
from typing import Any

import pytest
import yaml
from sqlalchemy import make_url
from typer.main import get_command

from bot.cli import app
from bot.settings import Settings
from tests.cli.processes import ROOT

TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
ENV = {"POSTGRES_PASSWORD": "abc123"}


def _filled(text: str) -> str:
    """As compose puts in what stands in .env; an unknown name is an error."""
    return re.sub(r"\$\{(\w+)(?::\?[^}]*)?\}", lambda found: ENV[found[1]], text)


@pytest.fixture
def services() -> dict[str, Any]:
    services = yaml.safe_load(_filled(TEXT))["services"]
    assert isinstance(services, dict)
    return services


def test_two_replicas_wait_for_one_database(services: dict[str, Any]) -> None:
    assert set(services) == {"database", "bot"}
    bot = services["bot"]
    assert bot["deploy"]["replicas"] == 2
    assert bot["depends_on"]["database"]["condition"] == "service_healthy"
    assert bot["env_file"] == ".env"
    volume = services["database"]["volumes"][0].partition(":")[0]
    assert volume in yaml.safe_load(_filled(TEXT))["volumes"]


def test_the_settings_are_those_of_the_program(services: dict[str, Any]) -> None:
    given = services["bot"]["environment"]
    assert {name.lower() for name in given} <= set(Settings.model_fields)
    settings = Settings.model_validate({name.lower(): value for name, value in given.items()})
    url, database = make_url(settings.database_url.get_secret_value()), services["database"]["environment"]
    assert url.get_backend_name() == "postgresql"
    assert (url.username, url.database) == (database["POSTGRES_USER"], database["POSTGRES_DB"])
    assert url.password == database["POSTGRES_PASSWORD"] == ENV["POSTGRES_PASSWORD"]
    assert url.host in services


def test_each_replica_has_a_port_of_this_machine_alone(services: dict[str, Any]) -> None:
    bot = services["bot"]
    address, ports, inside = bot["ports"][0].split(":")
    first, last = map(int, ports.split("-"))
    assert address == "127.0.0.1"
    assert last - first + 1 == bot["deploy"]["replicas"]
    assert inside == bot["environment"]["HTTP_PORT"]
    assert bot["environment"]["HTTP_HOST"] == "0.0.0.0"


def test_the_health_checks_are_commands_that_exist(services: dict[str, Any]) -> None:
    kind, program, command, option = services["bot"]["healthcheck"]["test"]
    assert (kind, program) == ("CMD", "nhaclich")
    doctor = getattr(get_command(app), "commands")[command]  # noqa: B009 - a group of commands
    assert any(option in one.opts for one in doctor.params)
    image = (ROOT / "Dockerfile").read_text("utf-8")
    assert f'CMD ["{program}", "{command}", "{option}"]' in image


def test_the_password_stands_in_dot_env_alone() -> None:
    raw = yaml.safe_load(TEXT)["services"]
    assert raw["database"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    assert ":${POSTGRES_PASSWORD}@" in raw["bot"]["environment"]["DATABASE_URL"]
