"""Submissions: what is sent to whom, what is known of it, and who may say that it was acknowledged."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnership import clock
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.documents.kinds import address_of
from partnership.errors import Conflict, NotAllowed, WrongState
from partnership.mail import addresses
from partnership.mail.models import OutgoingMail
from partnership.submissions import jobs, selectors, services
from partnership.submissions.models import Recipient, Submission
from tests import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(world):
    return worlds.published(world).submissions.get(party="national_panel")


def accepted(submission):
    Submission.objects.filter(pk=submission.pk).update(accepted_at=clock.now())
    submission.refresh_from_db()
    return submission


def test_each_body_gets_its_own_mail_with_the_final_pdf_and_the_permanent_address(submission):
    mail = submission.mail
    final = submission.version.renditions.get(kind="final")

    assert mail.to == "national-panel@practice.example"
    assert [attachment.file_id for attachment in mail.attachments.all()] == [final.file_id]
    assert f"/published/{submission.version.document.area.slug}/yearly-report/2025-26/" in mail.text
    assert submission.files.get().file_id == final.file_id


def test_a_later_address_does_not_touch_what_was_sent(submission):
    change = services.propose(
        party="national_panel",
        address="new@practice.example",
        source="A letter",
        evidence="I",
        valid_from=clock.today(),
        by="Olga Operator",
    )
    services.confirm(change=change, by="Petra Partner")

    submission.refresh_from_db()

    assert submission.address == "national-panel@practice.example"
    assert selectors.recipient("national_panel").address == "new@practice.example"


def test_a_second_address_that_nobody_confirmed_is_refused_by_the_database(submission):
    with pytest.raises(IntegrityError, match="submissions_two_persons_change"), transaction.atomic():
        Recipient.objects.create(
            party="national_panel",
            name="x",
            address="x@practice.example",
            source="x",
            evidence="I",
            checked_on=clock.today(),
            valid_from=clock.today(),
        )


def test_without_an_address_nothing_is_sent_and_a_sentence_says_so(world):
    version = worlds.signed(world)
    Recipient.objects.all().update(valid_until=clock.today())

    with pytest.raises(WrongState, match="No address is on record"):
        worlds.publish(version, world.gwen)
    version.refresh_from_db()
    assert version.status == "signed"
    assert not OutgoingMail.objects.filter(purpose="submission").exists()


def test_an_acknowledgement_is_recorded_once_with_its_words(world, submission):
    accepted(submission)

    services.acknowledge(submission=submission, words="Reply of the duty officer", by=world.gwen)

    submission.refresh_from_db()
    assert submission.acknowledged_by == world.gwen
    assert selectors.state(submission) == "Acknowledged by the recipient."
    with pytest.raises(Conflict):
        services.acknowledge(submission=submission, words="Again", by=world.gwen)


def test_an_acknowledgement_needs_the_office_the_relay_and_words(world, submission):
    with pytest.raises(WrongState, match="has not accepted"):
        services.acknowledge(submission=submission, words="Yes", by=world.gwen)
    accepted(submission)
    with pytest.raises(NotAllowed):
        services.acknowledge(submission=submission, words="Yes", by=world.dev)
    with pytest.raises(WrongState, match="Say who acknowledged"):
        services.acknowledge(submission=submission, words=" ", by=world.gwen)


def test_the_state_never_claims_more_than_is_known(submission):
    assert selectors.state(submission) == "Queued. It has not been sent yet."
    assert "not yet proof" in selectors.STATES["sent"]


def test_nothing_is_noted_twice_or_before_the_relay_has_spoken(submission):
    assert jobs.note_accepted() == []
    assert jobs.note_failed() == 0
    assert not AuditEntry.objects.filter(event__in=[Event.SUBMISSION_ACCEPTED, Event.SUBMISSION_FAILED]).exists()


def test_replies_and_bounces_of_each_submission_come_to_addresses_of_its_own(world, settings):
    settings.MAIL_REPLY_ADDRESS = "{token}@replies.example"
    first, second = worlds.published(world).submissions.all()

    made = {first.mail.reply_to, first.mail.envelope_from, second.mail.reply_to, second.mail.envelope_from}
    assert len(made) == 4
    assert all(addresses.is_one(address) for address in made)


def test_without_a_mailbox_for_them_they_go_to_the_sender_as_before(world, settings):
    settings.MAIL_REPLY_ADDRESS = ""

    assert {(row.mail.reply_to, row.mail.envelope_from) for row in worlds.published(world).submissions.all()} == {
        ("", "")
    }


def test_a_pdf_that_is_too_large_stays_here_and_the_mail_says_where_it_is(client, world, settings):
    settings.MAIL_MOST_BYTES = 10
    version = worlds.signed(world)
    client.force_login(world.gwen)
    where = [world.area.slug, address_of(version.document), version.number]
    before = client.get(reverse("documents:publish", args=where)).content.decode()
    submission = worlds.publish(version, world.gwen).submissions.get(party="national_panel")

    pdf = version.renditions.get(kind="final").file
    assert submission.mail.attachments.count() == submission.files.count() == 0
    assert pdf.sha256 in submission.mail.text
    assert "too large for this message" in submission.mail.text and "attached" not in submission.mail.text
    assert f"/published/{world.area.slug}/yearly-report/2025-26/" in submission.mail.text
    assert submission.without_file.startswith("The PDF does not go along")
    page = client.get(f"/areas/{world.area.slug}/submissions/{submission.pk}/").content.decode()
    assert submission.without_file in page and submission.without_file in before


def test_a_pdf_as_large_as_mail_takes_goes_along(world, settings):
    version = worlds.signed(world)
    settings.MAIL_MOST_BYTES = version.renditions.get(kind="final").file.size

    submission = worlds.publish(version, world.gwen).submissions.get(party="national_panel")

    assert submission.mail.attachments.count() == 1
    assert submission.without_file == ""
