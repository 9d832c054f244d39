"""A document that another one has taken in, and the reviews of what stands."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnership import clock
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.documents import selectors, services
from partnership.documents.kinds import address_of
from partnership.documents.models import Act, Review, Version
from partnership.documents.workflow import Status
from partnership.errors import NotAllowed, WrongState
from partnership.public import copies, presenting
from tests import told as telling
from tests import worlds
from tests.apps.companions.test_services import acts_of

pytestmark = pytest.mark.django_db
WHY = "Chapter 4 of the report holds it now."


@pytest.fixture
def world():
    return worlds.area_with_its_cast()


@pytest.fixture
def arrangements(world):
    return worlds.published(world, "arrangements", "2026")


def page(client, version):
    document = version.document
    return client.get(reverse("public:document", args=[document.area.slug, address_of(document)])).content.decode()


def test_what_another_document_took_in_stays_readable_and_leads_there(world, arrangements, client):
    report = worlds.published(world)
    row = services.propose(version=arrangements, act=Act.CONSOLIDATE, reason=WHY, into=report.document, by=world.gwen)
    with pytest.raises(NotAllowed):
        services.agree(proposal=row, by=world.gwen)
    services.agree(proposal=row, by=world.dev)
    arrangements.refresh_from_db()
    assert (arrangements.status, arrangements.consolidated_into) == (Status.CONSOLIDATED, report.document)
    shown = page(client, arrangements)
    assert "is part of" in shown and "Yearly report 2025-26" in shown and WHY in shown
    assert "now part of another document" in client.get(f"/published/{world.area.slug}/").content.decode()
    copy = copies.find(arrangements.sha256)
    assert not copy.is_current and copy.newer == report and not copy.is_withdrawn
    assert world.amina.email in telling.whom("consolidated")
    assert AuditEntry.objects.get(event=Event.VERSION_CONSOLIDATED).data["into"] == "Yearly report 2025-26"


def test_only_something_else_that_is_public_takes_a_document_in(world, arrangements):
    draft = worlds.begun(world)
    for into in (None, arrangements.document, draft):
        with pytest.raises(WrongState):
            services.propose(version=arrangements, act=Act.CONSOLIDATE, reason=WHY, into=into, by=world.gwen)
    assert list(selectors.could_take_in(arrangements)) == []


def test_the_database_lets_nobody_say_it_alone(world, arrangements):
    report = worlds.published(world)
    said = {"consolidated_at": clock.now(), "consolidated_into": report.document}
    with pytest.raises(IntegrityError, match="consolidated_by_two"), transaction.atomic():
        Version.objects.filter(pk=arrangements.pk).update(status=Status.CONSOLIDATED, **said)


def test_the_pages_lead_from_the_document_to_the_second_person(world, arrangements, client):
    report = worlds.published(world)
    client.force_login(world.gwen)
    where = reverse("documents:consolidate", args=[world.area.slug, address_of(arrangements.document), 1])
    assert (
        where
        in client.get(
            reverse("documents:document", args=[world.area.slug, address_of(arrangements.document)])
        ).content.decode()
    )
    assert "Select the document that has taken it in." in client.post(where, {"reason": WHY}).content.decode()
    shown = client.post(where, {"into": report.document_id, "reason": WHY}, follow=True).content.decode()
    assert "Yearly report 2025-26" in shown and "A second person has to agree" in shown


def test_a_review_is_told_to_the_public_with_the_next_one(world, arrangements, client):
    assert "No day is set for its next review." in page(client, arrangements)
    today = clock.today()
    said = {"version": arrangements, "reviewed_on": today, "found": "It holds.", "by": world.gwen}
    row = services.record_review(next_on=today + timedelta(days=200), **said)
    assert services.record_review(next_on=today + timedelta(days=200), **said) == row
    shown = page(client, arrangements)
    assert "Last reviewed" in shown and "It holds." in shown and "Next review:" in shown
    with clock.frozen(clock.now() + timedelta(days=201)):
        assert presenting.review(arrangements).is_overdue
        assert "Its review is overdue." in page(client, arrangements)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.update(found="It does not.")


def test_a_review_that_is_due_is_asked_of_those_who_publish(world, arrangements):
    today = clock.today()
    said = {"version": arrangements, "reviewed_on": today, "found": "It holds.", "by": world.gwen}
    services.record_review(next_on=today + timedelta(days=30), **said)
    ask = "Review Multi-agency safeguarding arrangements 2026"
    assert ask not in acts_of(world.gwen)
    with clock.frozen(clock.now() + timedelta(days=30)):
        assert ask in acts_of(world.gwen) and ask in acts_of(world.eve) and ask not in acts_of(world.amina)


def test_a_review_is_of_what_is_in_force_between_its_publication_and_today(world, arrangements):
    today = clock.today()
    for reviewed, following in ((date(2020, 1, 1), today + timedelta(days=9)), (today, today)):
        with pytest.raises(WrongState):
            services.record_review(
                version=arrangements, reviewed_on=reviewed, next_on=following, found="It holds.", by=world.gwen
            )
    said = {"reviewed_on": today, "next_on": today + timedelta(days=9), "found": "It holds."}
    with pytest.raises(NotAllowed):
        services.record_review(version=arrangements, by=world.amina, **said)
    with pytest.raises(WrongState, match="Only what is in force"):
        services.record_review(version=worlds.published(world), by=world.gwen, **said)


def test_the_page_of_a_review_says_what_is_wrong_at_its_field(world, arrangements, client):
    client.force_login(world.gwen)
    where = reverse("documents:review", args=[world.area.slug, address_of(arrangements.document), 1])
    assert "Say what the review found." in client.post(where, {}).content.decode()
    day, later = clock.today(), clock.today() + timedelta(days=30)
    sent = {"found": "It holds."}
    for name, value in (("reviewed_on", day), ("next_on", later)):
        sent |= {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}
    assert "The review is on record" in client.post(where, sent, follow=True).content.decode()
