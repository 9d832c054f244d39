"""An organisation is added to one's own account, and removed from it."""

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse

from partnership.accounts import sessions
from partnership.accounts.models import OrganisationIdentity, User
from partnership.audit.models import AuditEntry
from partnership.mail.models import OutgoingMail
from tests.apps.accounts.journeys import (
    PASSWORD,
    start,
    there,
    there_and_back,
)
from tests.apps.accounts.test_organisation_pages import ADD, SECRET, amina, bound, organisation, sign_in  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db
IDENTITIES = "/people/me/organisations/"


def test_an_organisation_is_added_by_somebody_who_is_signed_in(client, provider, organisation, amina):
    sign_in(client, amina)
    assert "Add Marlbridge Council" in client.get(IDENTITIES).content.decode()

    answer = there_and_back(client, provider, ADD)

    assert answer.url == IDENTITIES
    assert OrganisationIdentity.objects.get().user == amina
    html = client.get(IDENTITIES).content.decode()
    assert "Marlbridge Council now opens your account as well." in html
    assert "Add Marlbridge Council" not in html
    assert "Marlbridge Council" in client.get(reverse("mfa_index")).content.decode()


def test_adding_takes_a_second_factor_used_lately(client, organisation, amina, monkeypatch):
    totp.TOTP.activate(amina, SECRET)
    client.force_login(amina)
    later = sessions.real_now() + 11 * 60
    monkeypatch.setattr(sessions, "real_now", lambda: later)

    assert client.post(ADD).url == IDENTITIES
    assert client.get(IDENTITIES).url.startswith(reverse("mfa_reauthenticate"))


def test_who_signed_out_on_the_way_adds_nothing(client, provider, organisation, amina):
    sign_in(client, amina)
    back = there(client, provider, ADD)
    client.post("/account/logout/")

    assert client.get(back).status_code == 409
    assert not OrganisationIdentity.objects.exists()


def test_whoever_is_signed_in_when_it_ends_must_have_begun_it(client, provider, organisation, amina):
    sign_in(client, amina)
    back = there(client, provider, ADD)
    states = client.session["socialaccount_states"]
    client.force_login(User.objects.create_user("ben@example.org", PASSWORD, name="Ben"))
    session = client.session
    session["socialaccount_states"] = states
    session.save()

    answer = client.get(back)

    assert answer.status_code == 403
    assert "no longer signed in as the person who began this" in answer.content.decode()
    assert not OrganisationIdentity.objects.exists()


def test_adding_somebody_who_is_bound_elsewhere_is_refused(client, provider, bound, amina):
    sign_in(client, amina)

    answer = there_and_back(client, provider, ADD)

    assert answer.status_code == 409
    assert OrganisationIdentity.objects.get().user == bound


def test_an_organisation_is_removed(client, provider, organisation, amina):
    sign_in(client, amina)
    there_and_back(client, provider, ADD)
    path = reverse("accounts:remove_identity", args=[OrganisationIdentity.objects.get().pk])

    assert "Remove Marlbridge Council" in client.get(path).content.decode()
    assert client.post(path).url == IDENTITIES

    assert not OrganisationIdentity.objects.exists()
    assert there_and_back(client, provider, start()).status_code == 403
    assert list(AuditEntry.objects.order_by("pk").values_list("event", flat=True))[-2:] == [
        "identity.bound",
        "identity.unbound",
    ]


def test_the_only_way_in_is_not_removed(client, bound):
    client.force_login(bound)
    path = reverse("accounts:remove_identity", args=[OrganisationIdentity.objects.get().pk])

    html = client.get(path).content.decode()

    assert "Marlbridge Council is your only way in." in html
    assert "<button" not in html.partition("<main")[2].partition("</main>")[0]
    assert client.post(path).status_code == 409
    assert OrganisationIdentity.objects.count() == 1


def test_the_only_way_in_is_removed_once_a_password_is_set(client, bound):
    client.force_login(bound)
    assert "None" in client.get(reverse("mfa_index")).content.decode()
    page = client.get(reverse("account_change_password"))
    client.post(page.url, {"password1": PASSWORD, "password2": PASSWORD})
    bound.refresh_from_db()
    sign_in(client, bound)

    client.post(reverse("accounts:remove_identity", args=[OrganisationIdentity.objects.get().pk]))

    assert not OrganisationIdentity.objects.exists()


def test_nobody_removes_what_is_somebody_elses(client, provider, bound, amina):
    sign_in(client, amina)
    path = reverse("accounts:remove_identity", args=[OrganisationIdentity.objects.get().pk])

    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_each_notice_goes_to_the_holder_and_says_where_to_look(client, provider, organisation, amina):
    sign_in(client, amina)
    there_and_back(client, provider, ADD)
    client.post(reverse("accounts:remove_identity", args=[OrganisationIdentity.objects.get().pk]))

    letters = OutgoingMail.objects.order_by("pk")

    assert [letter.subject for letter in letters] == [
        "Marlbridge Council now opens your account",
        "Marlbridge Council no longer opens your account",
    ]
    assert {letter.to for letter in letters} == {amina.email}
    assert all("http://localhost:8000/account/2fa/" in letter.text for letter in letters)
    assert not any("subject-of-femi" in letter.text for letter in letters)
