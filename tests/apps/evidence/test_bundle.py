"""What the evidence of a publication holds, who may take it, and that the same facts give the same bytes."""

import csv
import hashlib
import json
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest

from partnership import clock
from partnership.areas.roles import Office
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.audit.presenters import sentence
from partnership.documents import services
from partnership.documents.models import Ground, Version
from partnership.errors import NotAllowed, WrongState
from partnership.evidence import content
from partnership.evidence.models import FetchRequest
from partnership.files import services as files
from partnership.mail.incoming import keeping
from partnership.submissions.models import Submission
from reports import jobs as reports
from tests import answered, worlds
from tests.apps.evidence import made
from tests.apps.evidence.made import corrected, taken
from tests.apps.mail import samples
from tests.contracts.canaries import filling, reading, words

pytestmark = pytest.mark.django_db
NOTE = "A passage could be read as being about one family."


@pytest.fixture
def version(world):
    return worlds.published(world)


def down(world, version, ground=Ground.REDACTION):
    services.take_down(version=version, ground=ground, note=NOTE, by=world.eve)
    return Version.objects.get(pk=version.pk)


ALWAYS = {
    "README.txt", "SHA256SUMS", "manifest.json", "document.pdf", "content.json", "evidence.json", "certificate.html",
    "record.html", "history.json", "requirements.html", "requirements.csv", "requirements.json", "deliveries.json",
    "deliveries.html", "presentations.json", "presentations.html", "public-page/fetches.json",
}  # fmt: skip


def test_it_holds_every_part_of_what_was_published_and_sent(world, version, monkeypatch, settings):
    made.with_companion(world, version)
    made.submitted(settings)
    made.fetched(monkeypatch)

    bundle = taken(version, world.amina)

    assert set(bundle.files) == ALWAYS | {
        "attachments/easy-read-1.txt", "messages/foundations.eml", "messages/national_panel.eml", "public-page/1.html",
    }  # fmt: skip
    final = version.renditions.get(kind="final")
    assert hashlib.sha256(bundle.files["document.pdf"]).hexdigest() == final.file_id
    assert bundle.files["content.json"] == version.content.encode()
    assert bundle.files["public-page/1.html"] == made.PAGE
    assert bundle.made.name == f"{world.area.slug}-yearly-report-2025-26-version-1-evidence.zip"


def test_it_tells_every_attempt_answer_and_acknowledgement_as_data_and_for_people(world, version, settings):
    made.submitted(settings)

    bundle = taken(version, world.gwen)

    known = json.loads(bundle.files["deliveries.json"])["submissions"]
    foundations, panel = known
    assert (panel["party"], panel["acknowledgement"]["words"]) == ("national_panel", made.FORMULA)
    assert panel["acknowledgement"]["recorded_by"] == "Gwen"
    (attempt,) = panel["message"]["attempts"]
    assert attempt["answer"].startswith("250 ") and attempt["started_at"] and attempt["ended_at"]
    assert "550 5.1.1 No such mailbox" in foundations["message"]["attempts"][0]["answer"]
    assert foundations["accepted_by_the_relay_at"] is None
    final = version.renditions.get(kind="final").file
    assert panel["files"] == [{"name": panel["files"][0]["name"], "sha256": final.sha256, "bytes": final.size}]
    page = bundle.text("deliveries.html")
    assert "550 5.1.1 No such mailbox" in page and made.FORMULA in page and "not yet proof" in page


def test_a_message_is_byte_for_byte_what_the_relay_was_handed(world, version, settings):
    relay = made.submitted(settings)
    (received,) = [data for _, to, data in relay.messages if to == "national-panel@practice.example"]

    assert taken(version, world.gwen).files["messages/national_panel.eml"] == received


def test_what_came_back_is_in_it_as_it_came_with_the_message_that_took_its_place(world, version, settings):
    made.submitted(settings)
    panel = Submission.objects.get(party="national_panel")
    raw = samples.postfix_bounce(panel.mail.envelope_from, panel.mail.message_id)
    keeping.keep(raw)
    reports.follow_submissions()

    bundle = taken(version, world.gwen)
    (told,) = [row for row in json.loads(bundle.text("deliveries.json"))["submissions"] if row["party"] == panel.party]
    (back,) = told["came_back"]

    assert bundle.files[back["file"]] == raw
    assert hashlib.sha256(raw).hexdigest() == back["sha256"]
    assert told["came_back_at"]
    assert back["status"] in bundle.text("deliveries.html")


def test_the_same_facts_give_the_same_bytes_on_any_day(world, version, monkeypatch, settings):
    made.submitted(settings)
    made.fetched(monkeypatch)
    first = taken(version, world.gwen).made
    with clock.frozen(clock.now() + timedelta(days=400)):
        later = taken(version, world.eve).made

    assert first.data == later.data
    assert first.sha256 == hashlib.sha256(first.data).hexdigest()


def test_each_time_is_on_record_with_the_fingerprint_of_the_file(world, version):
    bundle = taken(version, world.amina).made

    entry = AuditEntry.objects.get(event=Event.BUNDLE_TAKEN)
    assert (entry.actor_id, entry.data["sha256"], entry.subject) == (
        world.amina.pk, bundle.sha256, version.document.subject,
    )  # fmt: skip
    assert sentence(entry) == (
        f"Amina took the evidence of Yearly report 2025-26, version 1, as one file. SHA-256 {bundle.sha256}."
    )


@pytest.mark.parametrize("who", ["harry", "ines"])
def test_nobody_of_another_area_or_of_none_takes_it(world, version, who):
    with pytest.raises(NotAllowed):
        taken(version, getattr(world, who))
    assert not AuditEntry.objects.filter(event=Event.BUNDLE_TAKEN).exists()


def test_there_is_none_of_what_was_not_published(world):
    with pytest.raises(WrongState, match="what was published alone"):
        taken(worlds.signed(world), world.gwen)


def test_the_requirements_are_a_table_of_which_nothing_is_run(world, version, monkeypatch):
    whole = content.guidance_rows
    monkeypatch.setattr(content, "guidance_rows", lambda said: [{**row, "where": "=1+1"} for row in whole(said)])

    table = list(csv.reader(StringIO(taken(version, world.gwen).text("requirements.csv").removeprefix("\ufeff"))))

    assert [row[0] for row in table] == ["Key", *(row["id"] for row in json.loads(version.content)["guidance"])]
    assert {row[4] for row in table[1:]} == {"'=1+1"}


def test_the_page_that_was_not_fetched_is_said_to_be_missing_and_why(world, version, monkeypatch):
    def told():
        return json.loads(taken(version, world.gwen).files["public-page/fetches.json"])

    assert "has not been fetched yet" in told()["in_words"]
    made.fetched(monkeypatch, status=None, headers=(), body=b"", failure="It could not be reached.")
    assert told()["in_words"] == (
        "The public page could not be fetched in 1 try. The last time: It could not be reached."
    )
    assert told()["tries"][0]["failure"] == "It could not be reached."
    with clock.frozen(clock.now() + timedelta(hours=1)):
        short = " ".join((version.sha256 or "")[place : place + 4] for place in range(0, 16, 4))
        made.fetched(monkeypatch, body=f"<p>{short}</p>".encode())
        assert told()["in_words"] == "The public page was fetched as anybody could read it."
        assert [row["names_the_fingerprint"] for row in told()["tries"]] == [None, True]


def test_after_a_correction_the_page_is_asked_for_again_by_whoever_first_asks_for_the_evidence(
    world, version, monkeypatch
):
    made.fetched(monkeypatch)
    assert not taken(version, world.gwen).made.asked_again
    with clock.frozen(clock.now() + timedelta(days=1)):
        second = corrected(world, version)
        made.fetched(monkeypatch)
    with clock.frozen(clock.now() + timedelta(days=1, hours=1)):
        for each in (version, second):
            first, again = taken(each, world.gwen), taken(each, world.gwen)
            assert (first.made.asked_again, again.made.asked_again) == (True, False)
        assert FetchRequest.objects.count() == 2
    with clock.frozen(clock.now() + timedelta(days=2)):
        made.fetched(monkeypatch)
        for each in (version, second):
            assert json.loads(taken(each, world.gwen).files["public-page/fetches.json"])["in_words"].endswith(
                "read it."
            )
            assert len([name for name in taken(each, world.gwen).files if name.startswith("public-page/")]) == 3


def test_a_page_that_was_never_reached_is_asked_for_again_a_day_later(world, version, monkeypatch):
    made.fetched(monkeypatch, status=None, headers=(), body=b"", failure="It could not be reached.")
    assert not taken(version, world.gwen).made.asked_again
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert taken(version, world.gwen).made.asked_again
        assert not taken(version, world.gwen).made.asked_again


def test_a_correction_tells_of_the_first_and_of_when_that_was_received(world, version, settings):
    made.submitted(settings)
    with clock.frozen(clock.now() + timedelta(days=1)):
        second = corrected(world, version)
        told = json.loads(taken(second, world.gwen).files["history.json"])
        first = json.loads(taken(version, world.gwen).files["history.json"])

    assert told["corrects"]["nature"] == "Material" and told["corrects"]["version"] == 1
    assert [row["recipient"] for row in told["sent_before"]] and told["sent_before"][0]["accepted_by_the_relay_at"]
    assert first["superseded_at"] and first["corrects"] is None
    assert [row["version"] for row in first["editions"]] == [2, 1]


def test_what_was_withdrawn_in_error_keeps_its_evidence_and_the_message_that_told_of_it(world, version, settings):
    made.submitted(settings)
    gone = down(world, version, Ground.ERROR)

    bundle = taken(gone, world.dev)

    assert "messages/national_panel-withdrawn.eml" in bundle.files
    assert NOTE in json.loads(bundle.files["history.json"])["withdrawn_because"]
    assert json.loads(bundle.files["deliveries.json"])["notices_of_withdrawal"]


def test_what_is_sealed_is_taken_by_named_roles_alone_with_a_reason_and_on_record(world, version):
    gone = down(world, version)
    for who in (world.dev, world.femi):
        with pytest.raises(NotAllowed, match="sealed"):
            taken(gone, who, "A question of the inspector.")
    with pytest.raises(WrongState, match="Say why"):
        taken(gone, world.gwen, "  ")
    assert not AuditEntry.objects.filter(event__in=[Event.SEALED_READ, Event.BUNDLE_TAKEN]).exists()

    taken(gone, world.gwen, "A question of the inspector.")

    assert AuditEntry.objects.filter(event=Event.SEALED_READ, actor_id=world.gwen.pk).count() == 1
    assert sentence(AuditEntry.objects.get(event=Event.BUNDLE_TAKEN)).endswith(
        "The reason: A question of the inspector."
    )


def test_the_evidence_of_the_redacted_text_holds_nothing_of_what_was_sealed(world, version, monkeypatch):
    voice = version.sections.get(key="voice").body
    gone = down(world, version)
    draft = worlds.correct(gone, world.gwen, reason="Words that are public.")
    worlds.write(draft.sections.get(key="voice"), "What must not be read is gone.", world.gwen)
    answered.answer_musts(draft, world.gwen, world.dev)
    sent = services.send_for_sign_off(version=draft, by=world.gwen)
    second = worlds.publish(worlds.signed_by_all(world, sent), world.gwen)

    held = reading.of_bytes(taken(second, world.dev).made.data)

    assert voice and voice not in held
    assert "What must not be read is gone." in held


def test_a_file_that_is_damaged_is_said_so_and_nothing_is_given(world, version):
    file = version.renditions.get(kind="final").file
    with Path(files.default_storage.path(file.name)).open("ab") as stored:
        stored.write(b"!")

    with pytest.raises(WrongState, match="no longer has the content"):
        taken(version, world.gwen)
    assert not AuditEntry.objects.filter(event=Event.BUNDLE_TAKEN).exists()


# What is written of a publication afterwards, for whoever sees the area; nothing else that is not public is to be found.
AFTERWARDS = (
    "mail.IncomingMail.sender", "mail.IncomingMail.subject", "mail.IncomingMail.said", "mail.IncomingMail.code",
    "mail.IncomingMail.message_id", "submissions.Submission.receipt_name",
    "mail.MailAttempt.answer", "mail.MailRuling.evidence", "submissions.Submission.acknowledgement",
    "accounts.User.name", "areas.Appointment.job_title",
    *(f"presentations.Entry.{name}" for name in ("forum_name", "asked", "answered", "minutes", "reason")),
)  # fmt: skip


def test_nothing_of_another_area_and_nothing_that_is_not_public_is_in_it(world, monkeypatch):
    other = filling.fill()
    made.fetched(monkeypatch)
    report = Version.objects.get(
        document__area=other.area, document__period_label="2024-25", published_at__isnull=False
    )
    theirs = taken(report, other.people["manager"])
    ours = taken(worlds.published(world), world.gwen)

    assert not reading.marks(reading.of_bytes(ours.made.data))
    found = reading.marks(reading.of_bytes(theirs.made.data))
    secrets = {word for word in found if word.startswith(words.SECRET)}
    assert found - secrets  # it does hold what is public
    assert secrets <= {words.secret(label) for label in AFTERWARDS}


def test_nothing_that_opens_anything_is_in_it(world, version, monkeypatch, settings):
    made.submitted(settings)
    made.fetched(monkeypatch, headers=(("Set-Cookie", "(left out)"),))

    held = reading.of_bytes(taken(version, world.gwen).made.data)

    assert settings.SECRET_KEY not in held
    assert "sessionid" not in held and "csrf" not in held.casefold()
    assert not re.search(r"/(?:accept|acknowledge|people)/[A-Za-z0-9_-]{16,}", held)


def test_only_who_sees_the_area_takes_it(world, version):
    reader = worlds.person("Rae")
    worlds.hold(reader, Office.CONTRIBUTOR, world.area)
    with pytest.raises(NotAllowed):
        taken(version, reader)
    observer = worlds.person("Oli")
    worlds.hold(observer, Office.OBSERVER, world.area)
    assert taken(version, observer).made.data
