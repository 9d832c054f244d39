"""Replies and receipts: read as plain text, and recorded by a person as an acknowledgement."""

import pytest

from partnership import clock
from partnership.submissions import selectors, services
from partnership.submissions.models import DeliveryEvent, Submission
from tests.apps.mail import samples
from tests.apps.submissions.test_coming_back import (
    again,
    bounce,
    panel,  # noqa: F401  (fixtures)
    uploaded,
)
from tests.apps.submissions.test_pages import read, send

pytestmark = pytest.mark.django_db


def test_a_reply_is_read_as_plain_text_and_recorded_by_a_person(client, places, panel, came):
    came(samples.reply(panel.mail.reply_to))
    event = DeliveryEvent.objects.get()
    assert again(panel).acknowledged_at is None

    text = read(client, places, f"{panel.pk}/").content.decode()
    assert "Zoë Reader &lt;zoe.reader@body.example&gt;. The domain is not the one that it was sent to." in text
    assert "Thank you. We have received your report." in text
    assert "steal()" not in text
    assert "Save receipt.pdf" in text
    assert send(client, places, f"{panel.pk}/replies/{event.pk}/").status_code == 302

    panel = again(panel)
    assert selectors.state(panel) == "Acknowledged by the recipient."
    assert (panel.reply, panel.acknowledged_how, panel.received_on) == (event, "reply", clock.today())
    assert "Thank you. We have received your report." in panel.acknowledgement
    assert send(client, places, f"{panel.pk}/replies/{event.pk}/").status_code == 409


def test_a_reply_is_of_the_domain_that_it_was_sent_to_or_said_not_to_be(client, places, panel, came):
    came(samples.reply(panel.mail.reply_to).replace(b"zoe.reader@body.example", b"zoe.reader@bodies.example"))

    assert "The domain is not the one" not in read(client, places, f"{panel.pk}/").content.decode()


def test_what_came_with_a_reply_is_saved_and_runs_nothing(client, places, panel, came):
    came(samples.reply(panel.mail.reply_to))
    event = DeliveryEvent.objects.get()

    page = read(client, places, f"{panel.pk}/replies/{event.pk}/files/2/")
    whole = read(client, places, f"{panel.pk}/replies/{event.pk}/files/0/")

    assert page.content == b"<script>steal()</script>"
    assert page["Content-Type"] == "application/octet-stream"
    assert page["Content-Disposition"] == 'attachment; filename="page.html"'
    assert (page["X-Content-Type-Options"], page["Content-Security-Policy"]) == (
        "nosniff",
        "sandbox; default-src 'none'",
    )
    assert whole.content == samples.reply(panel.mail.reply_to)
    assert whole["Content-Disposition"].startswith("attachment")
    assert read(client, places, f"{panel.pk}/replies/{event.pk}/files/9/").status_code == 404


def test_a_reply_to_another_submission_is_not_found_here(client, places, panel, came):
    other = Submission.objects.exclude(pk=panel.pk).get()
    came(samples.reply(other.mail.reply_to))
    event = DeliveryEvent.objects.get()

    assert event.submission == other
    assert read(client, places, f"{panel.pk}/replies/{event.pk}/files/0/").status_code == 404
    assert send(client, places, f"{panel.pk}/replies/{event.pk}/").status_code == 404


def test_only_whoever_may_record_it_does(client, places, panel, came):
    came(samples.reply(panel.mail.reply_to))

    for name in ("amina", "sana"):
        assert send(client, places, f"{panel.pk}/replies/{DeliveryEvent.objects.get().pk}/", name).status_code == 403


def test_a_very_long_reply_is_cut_on_the_page_and_whole_in_the_file(client, places, panel, came):
    came(samples.reply(panel.mail.reply_to, words="word " * 3000))

    text = read(client, places, f"{panel.pk}/").content.decode()
    assert "It goes on: save the whole message to read it." in text
    assert text.count("word ") < 1000


def test_a_receipt_by_other_means_is_recorded_although_the_mail_never_arrived(client, places, panel, came):
    came(bounce(panel))
    file = b"%PDF-1.7 receipt 4711"
    sent = send(
        client, places, f"{panel.pk}/acknowledgement/", how="portal", words="Their form gave the receipt 4711.",
        received_on_day="14", received_on_month="9", received_on_year="2026", instrument=uploaded("receipt.pdf", file),
    )  # fmt: skip

    assert sent.status_code == 302
    panel = again(panel)
    assert panel.acknowledged_how == "portal"
    assert selectors.state(panel) == "Acknowledged by the recipient. A message of it had come back undelivered."
    assert not selectors.bounced()
    assert read(client, places, f"{panel.pk}/receipt/").content == file
    text = read(client, places, f"{panel.pk}/").content.decode()
    assert "Their portal or form gave a receipt, on 14 September 2026" in text
    assert "In time: it was due on 30 September 2026." in text
    assert "Send it to the address in use" not in text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"instrument": ("page.pdf", b"<script>steal()</script>")}, "Their receipt must be a PDF, a PNG or a JPEG"),
        ({"words": " "}, "Say who acknowledged it and how"),
        ({"how": "pigeon"}, "how they said that they have it"),
    ],
)
def test_what_is_wrong_in_a_receipt_is_said_at_its_field_and_the_rest_is_kept(client, places, panel, given, sentence):
    given = {name: uploaded(*value) if isinstance(value, tuple) else value for name, value in given.items()}
    usual = {"how": "portal", "words": "Their form gave the receipt 4711."}

    text = send(client, places, f"{panel.pk}/acknowledgement/", **{**usual, **given}).content.decode()

    assert sentence in text
    assert again(panel).acknowledged_at is None
    assert "words" in given or "Their form gave the receipt 4711." in text


def test_a_reply_to_what_was_never_sent_is_not_recorded_but_other_means_are(client, places):
    places.publish()
    panel, gwen = Submission.objects.get(party="national_panel"), places.person("gwen")
    refused = send(client, places, f"{panel.pk}/acknowledgement/", words="They said yes.")
    assert refused.status_code == 409
    assert "The mail relay has not accepted this yet" in (text := refused.content.decode())
    assert "They said yes." in text

    services.acknowledge(submission=panel, words="Handed over.", how="post", by=gwen)

    assert again(panel).acknowledged_how == "post"


def test_a_reply_after_a_bounce_shows_both(client, places, panel, came):
    came(bounce(panel))
    came(samples.reply(panel.mail.reply_to))
    services.acknowledge_reply(event=panel.events.get(what="reply"), by=places.person("gwen"))

    text = read(client, places, f"{panel.pk}/").content.decode()
    assert "Acknowledged by the recipient. A message of it had come back undelivered." in text
    assert "The message came back: it could not be delivered." in text
    assert "We have received your report." in text
