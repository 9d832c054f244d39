"""A children's or an Easy Read version that is withdrawn alone: gone at once wherever it was, its document stays."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnership import clock
from partnership.audit import presenters
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.companions import selectors, services
from partnership.companions.models import Companion, Kind
from partnership.documents import services as workflow
from partnership.documents.models import Ground
from partnership.errors import Incomplete, NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from partnership.public import copies
from tests import worlds
from tests.apps.companions import files
from tests.apps.companions.test_services import agreed, put_in

pytestmark = pytest.mark.django_db
NOTE = "A picture showed too much."
WORDS = "We keep children safe."


@pytest.fixture
def version(world):
    return worlds.published(world)


@pytest.fixture
def companion(world, version):
    row = put_in(world, version.document, WORDS, data=files.pdf())
    agreed(world, row)
    return services.publish(companion=row, by=world.gwen)


def again(world, document, text):
    """A new edition, agreed to by those who agreed to the last one, and published."""
    row = put_in(world, document, text)
    held = [said.agreed_by for said in document.companions.get(number=1).agreements.all()]
    for who in held:
        services.agree(companion=row, seen_sha256=row.sha256, by=who)
    return services.publish(companion=row, by=world.gwen)


def gone(world, companion, ground=Ground.REDACTION, by="eve"):
    return services.withdraw(companion=companion, ground=ground, note=NOTE, by=getattr(world, by))


def public(world, path=""):
    return f"/published/{world.area.slug}/yearly-report/2025-26/versions/easy-read/{path}"


def test_one_person_of_those_who_withdraw_documents_is_enough_and_nobody_else_may(world, companion):
    for who in ("amina", "dev", "femi", "harry", "ines"):
        with pytest.raises(NotAllowed):
            gone(world, companion, by=who)
    with pytest.raises(WrongState, match="words that the public can read"):
        services.withdraw(companion=companion, ground=Ground.ERROR, note=" ", by=world.gwen)
    row = gone(world, companion)
    assert (row.withdrawn_by, row.withdrawn_for, row.reason) == (world.eve, Ground.REDACTION, NOTE)
    gone(world, companion, by="gwen")  # a second click
    entry = AuditEntry.objects.get(event=Event.COMPANION_WITHDRAWN)
    assert presenters.sentence(entry) == (
        "Eve withdrew the Easy Read version of Yearly report 2025-26, edition 1, from the public. "
        f"{Ground.REDACTION.label}. {NOTE}"
    )


def test_only_what_is_public_is_withdrawn(world, version):
    row = put_in(world, version.document)
    with pytest.raises(WrongState, match="is not public"):
        gone(world, row)


def test_what_went_with_its_document_does_not_go_again(world, version, companion):
    workflow.take_down(version=version, ground=Ground.ERROR, note="Wrong.", by=world.gwen)
    with pytest.raises(WrongState, match="was withdrawn with its document"):
        gone(world, companion)


@pytest.mark.parametrize("path", ["", "document.pdf"])
def test_its_addresses_say_that_it_was_withdrawn_when_and_why_and_the_document_stays(world, companion, client, path):
    gone(world, companion)
    answer = client.get(public(world, path))
    page = answer.content.decode()
    assert answer.status_code == 410 and "no-store" in answer["Cache-Control"]
    assert NOTE in page and "withdrawn on 14 September 2026" in page and WORDS not in page
    document = client.get(public(world).replace("versions/easy-read/", ""))
    assert document.status_code == 200 and "versions/easy-read" not in document.content.decode()
    assert "easy-read" not in client.get("/sitemap.xml").content.decode()


def test_whoever_checks_a_copy_is_told(world, companion, client):
    gone(world, companion)
    copy = copies.find(companion.file_id)
    assert copy.is_withdrawn and not copy.is_current
    page = client.get(reverse("public:checked", args=[companion.file_id])).content.decode()
    assert "This copy was withdrawn" in page and NOTE in page and "The document itself stands" in page


def test_everybody_concerned_is_told_without_the_reason(world, companion):
    gone(world, companion)
    told = OutgoingMail.objects.filter(purpose="companion withdrawn")
    assert {row.to for row in told} >= {getattr(world, who).email for who in ("amina", "dev", "eve", "femi", "gwen")}
    assert not any(NOTE in row.text for row in told)


def test_an_earlier_edition_goes_with_it_and_does_not_come_back(world, version, companion, client):
    second = again(world, version.document, "Better words.")
    gone(world, second)
    assert client.get(public(world)).status_code == 410
    assert not selectors.published(version.document)
    assert set(Companion.objects.values_list("reason", flat=True)) == {NOTE}


def test_one_that_was_replaced_is_withdrawn_and_what_stands_stays(world, version, companion, client):
    second = again(world, version.document, "Better words.")
    gone(world, companion)
    assert selectors.published(version.document) == [second]
    assert copies.find(companion.file_id).is_withdrawn


def test_a_new_one_is_put_in_agreed_to_and_published_at_the_same_address(world, version, companion, client):
    gone(world, companion)
    assert "The Easy Read version was withdrawn, so it will not appear. Put in a new edition." in [
        row.sentence for row in selectors.warnings(version)
    ]
    with pytest.raises(Incomplete, match="exactly what was withdrawn"):
        put_in(world, version.document, WORDS, data=files.pdf())
    with pytest.raises(WrongState, match="was withdrawn"):
        services.publish(companion=companion, by=world.gwen)
    second = again(world, version.document, "What must not be seen is gone.")
    answer = client.get(public(world))
    assert answer.status_code == 200 and "What must not be seen is gone." in answer.content.decode()
    assert copies.find(companion.file_id).newer_companion == second


def test_nobody_agrees_to_what_was_withdrawn(world, companion):
    gone(world, companion)
    late = worlds.person("Late")
    other = worlds.seat(world.area, "A new partner", worlds.AgencyKind.HEALTH)
    worlds.appoint(late, worlds.Office.DSP, world.area, other)
    with pytest.raises(WrongState, match="was withdrawn"):
        services.agree(companion=companion, seen_sha256=companion.sha256, by=late)


@pytest.mark.parametrize("name", ["companions:read", "companions:file"])
def test_a_redaction_seals_the_original_and_each_opening_is_on_record(world, companion, client, name):
    gone(world, companion)
    where = reverse(name, args=[world.area.slug, "yearly-report/2025-26", companion.pk])
    for who, status in (("dev", 403), ("femi", 403), ("amina", 200), ("eve", 200), ("gwen", 200), ("harry", 404)):
        client.force_login(getattr(world, who))
        assert client.get(where).status_code == status, who
    opened = AuditEntry.objects.filter(event=Event.COMPANION_SEALED_READ).values_list("actor_name", flat=True)
    assert sorted(opened) == ["Amina", "Eve", "Gwen"]
    client.force_login(world.dev)
    listed = client.get(reverse("companions:companions", args=[world.area.slug, "yearly-report/2025-26"]))
    assert where not in listed.content.decode() and NOTE in listed.content.decode()


def test_what_was_withdrawn_by_mistake_is_not_sealed(world, companion, client):
    gone(world, companion, Ground.ERROR)
    client.force_login(world.dev)
    where = reverse("companions:read", args=[world.area.slug, "yearly-report/2025-26", companion.pk])
    page = client.get(where)
    assert page.status_code == 200 and NOTE in page.content.decode()


def test_the_page_says_what_is_missing_at_its_field_and_keeps_what_was_typed(world, companion, client):
    client.force_login(world.gwen)
    listed = reverse("companions:companions", args=[world.area.slug, "yearly-report/2025-26"])
    where = reverse("companions:withdraw", args=[world.area.slug, "yearly-report/2025-26", companion.pk])
    assert where in client.get(listed).content.decode()
    refused = client.post(where, {"note": NOTE}).content.decode()
    assert "Select the ground on which it is withdrawn." in refused and NOTE in refused
    done = client.post(where, {"ground": "error", "note": NOTE}, follow=True).content.decode()
    assert (
        "The Easy Read version is withdrawn." in done and where not in done.split("</main>")[0].split("Put in a new")[0]
    )
    assert "It has been withdrawn already." in client.post(where, {"ground": "error"}, follow=True).content.decode()
    assert client.get(where).status_code == 409
    client.force_login(world.dev)
    assert client.get(where).status_code == 403
    assert where not in client.get(listed).content.decode()


def test_whoever_withdraws_is_told_of_a_newer_edition(world, version, companion, client):
    put_in(world, version.document, "Better words.")
    client.force_login(world.gwen)
    where = reverse("companions:withdraw", args=[world.area.slug, "yearly-report/2025-26", companion.pk])
    assert "Edition 2 has been put in since and may say the same." in client.get(where).content.decode()
    listed = client.get(
        reverse("companions:companions", args=[world.area.slug, "yearly-report/2025-26"])
    ).content.decode()
    assert where in listed and "Edition 1 is public" in listed


def is_refused():
    return pytest.raises(IntegrityError, match="companions_")


def test_the_database_keeps_what_was_published_and_why_it_was_withdrawn(world, version, companion):
    waiting = put_in(world, version.document, "For children.", kind=Kind.CHILDREN)
    said = {"withdrawn_at": clock.now(), "withdrawn_by": world.gwen, "withdrawn_for": "error", "reason": NOTE}
    for pk, change in (
        (waiting.pk, said),  # was never public
        (companion.pk, {**said, "text": "Other words."}),
        (companion.pk, {**said, "reason": ""}),
        (companion.pk, {**said, "withdrawn_for": ""}),
        (companion.pk, {"published_at": clock.now()}),
    ):
        with is_refused(), transaction.atomic():
            Companion.objects.filter(pk=pk).update(**change)
    gone(world, companion)
    for change in (
        {"reason": "Other."},
        {"withdrawn_for": "error"},
        {**dict.fromkeys(said), "reason": "", "withdrawn_for": ""},
    ):
        with is_refused(), transaction.atomic():
            Companion.objects.filter(pk=companion.pk).update(**change)
