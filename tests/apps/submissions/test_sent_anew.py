"""What came back or failed is sent again, once, and stays one submission."""

from datetime import timedelta

import pytest

from partnership import clock
from partnership.documents import services as documents
from partnership.documents.models import Ground
from partnership.errors import NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from partnership.submissions import selectors, services
from partnership.submissions.models import Submission
from tests.apps.mail import samples
from tests.apps.submissions.test_coming_back import (
    NEW,
    again,
    another_address,
    bounce,
    panel,  # noqa: F401  (fixtures)
)
from tests.apps.submissions.test_pages import read, send

pytestmark = pytest.mark.django_db


def test_what_came_back_is_sent_to_the_address_in_use_and_stays_one_submission(client, places, panel, came):
    queued = panel.queued_at
    came(bounce(panel))
    another_address()
    with clock.frozen(clock.now() + timedelta(hours=1)):
        assert send(client, places, f"{panel.pk}/address-in-use/").status_code == 302
        places.deliver()

    panel = again(panel)
    first, second = panel.messages.all()
    assert Submission.objects.filter(party="national_panel").count() == 1
    assert (first.mail.to, second.mail.to, panel.mail) == ("national_panel@bodies.example", NEW, second.mail)
    assert panel.queued_at == queued
    assert panel.bounced_at is None
    assert panel.accepted_at == second.mail.sent_at > first.mail.sent_at
    assert second.mail.reply_to == first.mail.reply_to
    assert second.mail.envelope_from != first.mail.envelope_from
    assert not selectors.bounced()
    text = read(client, places, f"{panel.pk}/").content.decode()
    assert "Queued to be sent to national_panel@bodies.example." in text
    assert f"Queued to be sent to {NEW}." in text
    assert "The message came back: it could not be delivered." in text
    assert "In time: it was due on 30 September 2026." in text


def test_what_came_back_is_not_said_to_be_in_time(client, places, panel, came):
    came(bounce(panel))

    text = read(client, places, f"{panel.pk}/").content.decode()
    assert "In time" not in text
    assert "It is due on 30 September 2026." in text


def test_a_late_report_about_the_message_that_was_replaced_does_not_undo_the_new_one(places, panel, came):
    late = samples.exchange_bounce(panel.mail.envelope_from)
    came(bounce(panel))
    services.send_anew(submission=panel, by=places.person("gwen"))
    places.deliver()

    came(late)

    assert again(panel).bounced_at is None
    assert panel.events.count() == 2


def test_a_second_click_sends_nothing_twice(client, places, panel, came):
    came(bounce(panel))

    assert send(client, places, f"{panel.pk}/address-in-use/").status_code == 302
    assert send(client, places, f"{panel.pk}/address-in-use/").status_code == 409
    assert panel.messages.count() == 2


def test_what_failed_is_sent_to_another_address_and_the_failed_message_is_put_to_rest(places):
    places.publish()
    places.deliver(national_panel="permanent")
    panel = Submission.objects.get(party="national_panel")
    gwen = places.person("gwen")
    with pytest.raises(WrongState, match="failed at the address that is in use"):
        services.send_anew(submission=panel, by=gwen)
    another_address()

    services.send_anew(submission=panel, by=gwen)
    places.deliver()

    first, second = panel.messages.all()
    assert (first.mail.status, second.mail.status) == ("cancelled", "sent")
    assert again(panel).accepted_at == second.mail.sent_at


def test_nothing_is_sent_anew_that_has_not_come_back_was_acknowledged_or_was_withdrawn(places, panel, came):
    gwen = places.person("gwen")
    with pytest.raises(WrongState, match="only when it came back"):
        services.send_anew(submission=panel, by=gwen)
    came(bounce(panel))
    with pytest.raises(NotAllowed):
        services.send_anew(submission=panel, by=places.person("amina"))
    other = Submission.objects.exclude(pk=panel.pk).get()
    came(bounce(other))
    services.acknowledge(submission=other, words="By their portal.", how="portal", by=gwen)
    with pytest.raises(WrongState, match="has been acknowledged"):
        services.send_anew(submission=other, by=gwen)
    documents.take_down(version=panel.version, ground=Ground.ERROR, note="It was wrong.", by=gwen)
    with pytest.raises(WrongState, match="Only a published version"):
        services.send_anew(submission=panel, by=gwen)


def test_a_body_that_never_got_it_is_not_told_that_it_was_withdrawn(places, panel, came):
    came(bounce(panel))

    documents.take_down(version=panel.version, ground=Ground.ERROR, note="It was wrong.", by=places.person("gwen"))

    told = OutgoingMail.objects.filter(purpose="submission_withdrawn")
    assert [mail.to for mail in told] == ["foundations@bodies.example"]
