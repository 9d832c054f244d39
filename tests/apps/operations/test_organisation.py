"""The operator's command for organisations."""

import pytest
from django.core.management import CommandError, call_command

from partnership.accounts.models import Organisation
from partnership.accounts.organisations import secrets

pytestmark = pytest.mark.django_db
GIVEN = ["--name", "Marlbridge Council", "--issuer", "https://login.example/v2.0", "--client-id", "us"]


def add(capsys, *more):
    call_command("organisation", "add", *GIVEN, *more)
    return capsys.readouterr().out


@pytest.fixture
def secret(monkeypatch):
    monkeypatch.setenv("MARLBRIDGE", "very secret")
    return ["--secret-variable", "MARLBRIDGE"]


def test_add_says_what_to_enter_at_the_organisation_and_keeps_the_secret_to_itself(capsys, secret):
    said = add(capsys, *secret, "--tenant", "tenant-1")

    organisation = Organisation.objects.get()
    assert said.splitlines() == [
        "marlbridge-council  Marlbridge Council  on  https://login.example/v2.0, tenant tenant-1",
        "    Redirect address: http://localhost:8000/people/organisations/marlbridge-council/answer/",
    ]
    assert secrets.opened(organisation) == "very secret"


def test_the_secret_can_lie_in_a_file(capsys, tmp_path):
    (tmp_path / "secret").write_text("from a file\n")

    add(capsys, "--secret-file", str(tmp_path / "secret"), "--slug", "marl")

    assert secrets.opened(Organisation.objects.get(slug="marl")) == "from a file"


def test_no_secret_is_taken_as_an_argument(capsys):
    with pytest.raises(CommandError):
        add(capsys, "--client-secret", "seen by everybody")


@pytest.mark.parametrize("more", [["--secret-variable", "NOT_SET"], ["--secret-file", "/nowhere/at/all"]])
def test_a_secret_that_is_not_there_is_said(capsys, more):
    with pytest.raises(CommandError, match=r"secret (is empty|cannot be read)"):
        add(capsys, *more)

    assert not Organisation.objects.exists()


def test_change_changes_what_is_given_and_nothing_else(capsys, secret, monkeypatch):
    add(capsys, *secret, "--tenant", "tenant-1")
    monkeypatch.setenv("MARLBRIDGE", "a newer one")

    call_command("organisation", "change", "marlbridge-council", "--client-id", "new", *secret)

    organisation = Organisation.objects.get()
    assert (organisation.client_id, organisation.tenant) == ("new", "tenant-1")
    assert organisation.issuer == "https://login.example/v2.0"
    assert secrets.opened(organisation) == "a newer one"


def test_change_with_nothing_given_or_nobody_named_is_said(capsys, secret):
    add(capsys, *secret)

    for words, match in ((["marlbridge-council"], "Nothing to change"), (["nobody", "--name", "x"], "no organisation")):
        with pytest.raises(CommandError, match=match):
            call_command("organisation", "change", *words)


def test_off_and_on_are_listed(capsys, secret):
    add(capsys, *secret)

    for act in ("off", "on"):
        call_command("organisation", act, "marlbridge-council")
        capsys.readouterr()
        call_command("organisation", "list")
        assert f"Marlbridge Council  {act}  " in capsys.readouterr().out


def test_a_list_of_none_says_so(capsys):
    call_command("organisation", "list")

    assert capsys.readouterr().out == "No organisation is set up.\n"


def test_a_refusal_is_a_sentence(capsys, secret):
    add(capsys, *secret)

    with pytest.raises(CommandError, match="already an organisation"):
        add(capsys, *secret)
