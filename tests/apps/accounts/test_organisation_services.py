"""Binding and unbinding, and the operator's organisations: each refusal, the record, and nothing half done."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from partnership.accounts import invitations
from partnership.accounts.models import Organisation, OrganisationIdentity, User
from partnership.accounts.organisations import letters, policies, secrets, selectors, services
from partnership.accounts.organisations.id_tokens import Said
from partnership.audit.models import AuditEntry
from partnership.audit.presenters import sentence
from partnership.errors import Conflict, NotAllowed, WrongState
from partnership.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db
ISSUER = "https://login.marlbridge.example/v2.0"
SAID = Said(ISSUER, "tenant-1", "subject-1")


def added(slug="marlbridge", **more):
    given = {"name": slug.title(), "issuer": ISSUER, "client_id": "us", "client_secret": "very secret", "by": None}
    return services.add(slug=slug, **{**given, "tenant": slug, **more})


@pytest.fixture
def organisation():
    return added()


@pytest.fixture
def femi():
    return User.objects.create_user("femi@example.org", "four words none related", name="Femi Adeyemi")


def bind(organisation, user, said=SAID):
    return services.bind(organisation=organisation, said=said, by=user)


def told():
    return [sentence(entry) for entry in AuditEntry.objects.order_by("pk")]


def test_bind_keeps_issuer_tenant_and_subject_and_is_on_the_record(organisation, femi):
    identity = bind(organisation, femi)

    assert (identity.issuer, identity.tenant, identity.subject) == (ISSUER, "tenant-1", "subject-1")
    assert selectors.holder(organisation, SAID) == femi
    assert told()[-1] == "Marlbridge now signs Femi Adeyemi in."
    assert AuditEntry.objects.latest("pk").actor_id == femi.pk


@pytest.mark.parametrize("other", [
    Said("https://elsewhere.example", "tenant-1", "subject-1"),
    Said(ISSUER, "tenant-2", "subject-1"),
    Said(ISSUER, "", "subject-1"),
    Said(ISSUER, "tenant-1", "SUBJECT-1"),
])  # fmt: skip
def test_whoever_differs_in_one_of_the_three_is_nobody(organisation, femi, other):
    bind(organisation, femi)

    assert selectors.holder(organisation, other) is None


def test_one_organisation_does_not_vouch_for_the_people_of_another(organisation, femi):
    bind(organisation, femi)

    assert selectors.holder(added("other"), SAID) is None


def test_bind_refuses_a_person_there_who_is_bound_and_says_nothing_of_the_holder(organisation, femi):
    bind(organisation, femi)
    ben = User.objects.create_user("ben@example.org", None, name="Ben")

    with pytest.raises(Conflict, match="is bound already") as refusal:
        bind(organisation, ben)

    assert "Femi" not in str(refusal.value)
    assert OrganisationIdentity.objects.get().user == femi


def test_bind_refuses_a_second_person_of_the_same_organisation(organisation, femi):
    bind(organisation, femi)

    with pytest.raises(Conflict):
        bind(organisation, femi, Said(ISSUER, "tenant-1", "subject-2"))

    assert OutgoingMail.objects.count() == 1


def test_bind_refuses_a_closed_account(organisation, femi):
    User.objects.update(is_active=False)

    with pytest.raises(NotAllowed, match="closed"):
        bind(organisation, femi)


def test_bind_refuses_an_organisation_that_is_switched_off(organisation, femi):
    services.switch(organisation=organisation, on=False, by=None)

    with pytest.raises(NotAllowed, match="switched off"):
        bind(organisation, femi)


def test_nothing_is_bound_and_the_invitation_stays_good_when_the_letter_cannot_be_queued(
    organisation, femi, monkeypatch
):
    femi.set_unusable_password()
    femi.save()
    token = invitations.make(femi).link.rstrip("/").rpartition("/")[2]
    monkeypatch.setattr(letters, "bound", lambda identity: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        services.accept(token=token, organisation=organisation, said=SAID)

    assert not OrganisationIdentity.objects.exists()
    assert invitations.holder(token) == femi
    assert "identity.bound" not in AuditEntry.objects.values_list("event", flat=True)


def test_accept_uses_the_link_up(organisation, femi):
    femi.set_unusable_password()
    femi.save()
    token = invitations.make(femi).link.rstrip("/").rpartition("/")[2]
    services.accept(token=token, organisation=organisation, said=SAID)

    with pytest.raises(WrongState, match="used"):
        services.accept(token=token, organisation=added("other"), said=Said(ISSUER, "t", "s"))


def test_the_database_refuses_the_same_person_there_twice(organisation, femi):
    bind(organisation, femi)
    ben = User.objects.create_user("ben@example.org", None, name="Ben")

    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationIdentity.objects.create(
            user=ben, organisation=added("other"), issuer=SAID.issuer, tenant=SAID.tenant, subject=SAID.subject
        )


def test_unbind_removes_the_way_in_and_is_on_the_record(organisation, femi):
    services.unbind(identity=bind(organisation, femi), by=femi)

    assert selectors.holder(organisation, SAID) is None
    assert told()[-1] == "Marlbridge no longer signs Femi Adeyemi in."


def test_unbind_refuses_somebody_elses(organisation, femi):
    ben = User.objects.create_user("ben@example.org", "four words none related", name="Ben")

    with pytest.raises(NotAllowed, match="your own account"):
        services.unbind(identity=bind(organisation, femi), by=ben)


def test_unbind_refuses_the_only_way_in(organisation, femi):
    femi.set_unusable_password()
    femi.save()

    with pytest.raises(WrongState, match="only way in"):
        services.unbind(identity=bind(organisation, femi), by=femi)


@pytest.mark.parametrize(("discoverable", "on", "may"), [
    (True, False, True), (False, False, False), (False, True, True),
])  # fmt: skip
def test_unbind_asks_for_a_passkey_or_another_organisation_where_there_is_no_password(
    organisation, femi, discoverable, on, may
):
    femi.set_unusable_password()
    femi.save()
    identity = bind(organisation, femi)
    other = added("other")
    bind(other, femi, Said(ISSUER, "other", "subject-1"))
    services.switch(organisation=other, on=on, by=None)
    data = {"credential": {"clientExtensionResults": {"credProps": {"rk": discoverable}}}}
    Authenticator.objects.create(user=femi, type=Authenticator.Type.WEBAUTHN, data=data)

    assert selectors.has_other_way(identity) is may


def test_the_secret_is_stored_encrypted_and_opens_after_the_key_was_changed(organisation, settings):
    assert "very secret" not in organisation.sealed_secret

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key " * 6

    assert secrets.opened(organisation) == "very secret"


def test_adding_and_changing_are_on_the_record_without_the_secret(organisation):
    services.change(organisation=organisation, by=None, client_secret="another secret", tenant="tenant-2")
    services.switch(organisation=organisation, on=False, by=None)

    assert told() == [
        "Signing in through Marlbridge was set up.",
        "Signing in through Marlbridge was changed: secret, tenant.",
        "Signing in through Marlbridge was changed: switched off.",
    ]
    assert secrets.opened(organisation) == "another secret"
    assert "another secret" not in str(AuditEntry.objects.values_list("data", flat=True))


@pytest.mark.parametrize("more", [{"slug": "marlbridge"}, {"name": "Marlbridge"}, {"tenant": "marlbridge"}])
def test_add_refuses_what_is_there_already(organisation, more):
    with pytest.raises(Conflict, match="already an organisation"):
        added(**{"slug": "other", "name": "Other", "tenant": "other", **more})

    assert Organisation.objects.count() == 1


def test_change_refuses_what_another_has(organisation):
    other = added("other")

    with pytest.raises(Conflict):
        services.change(organisation=other, by=None, name="Marlbridge")


ADDRESSES = {
    "https://login.example/v2.0": (True, True),
    "http://127.0.0.1:8080": (True, False),
    "http://localhost/realm": (True, False),
    "http://login.example": (False, False),
    "https://user@login.example": (False, False),
    "https://login.example/#x": (False, False),
    "https://": (False, False),
    "ftp://login.example": (False, False),
    "http://localhost.login.example": (False, False),
    "https://[": (False, False),
}


@pytest.mark.parametrize("practice", [True, False])
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_https_and_in_practice_also_this_machine(address, practice, settings):
    settings.PRACTICE = practice

    assert policies.is_safe_address(address) is ADDRESSES[address][0 if practice else 1]


@pytest.mark.parametrize("issuer", ["http://login.example", "https://login.example?x=1"])
def test_add_refuses_an_issuer_that_is_no_https_address(issuer):
    with pytest.raises(WrongState, match="https"):
        added(issuer=issuer)
