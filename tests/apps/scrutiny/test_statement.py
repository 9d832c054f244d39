"""The scrutineer's statement: theirs alone until given, then unchanged for ever, printed unedited, delayed by nobody."""

import hashlib
import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.audit import presenters
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.documents import selectors as documents
from partnership.documents import services as drafting
from partnership.documents.kinds import address_of, kind
from partnership.errors import Conflict, Incomplete, NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from scrutiny import selectors, services
from scrutiny.models import Statement, StatementDraft
from tests import told as telling
from tests import worlds

pytestmark = pytest.mark.django_db
WORDS = "An unmistakable *finding*.\n\n- One\n- Two\n"


@pytest.fixture
def document(world):
    return worlds.begun(world)


def write(world, document, body: str = WORDS, **more):
    draft = selectors.statement_draft(document, more.get("by", world.femi))
    seen = draft.revision if draft else 0
    return services.save_statement(document=document, body=body, **{"seen_revision": seen, "by": world.femi, **more})


def give(world, document, body: str = WORDS, by=None):
    by = by or world.femi
    draft = write(world, document, body, by=by)
    return services.give_statement(document=document, seen_revision=draft.revision, by=by)


def browser(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def at(document, page: str = "statement") -> str:
    return reverse(f"scrutiny:{page}", args=[document.area.slug, address_of(document)])


def read(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_given_statement_keeps_the_exact_text_its_hash_name_office_and_day(world, document):
    given = give(world, document)

    assert (given.body, given.sha256) == (WORDS, hashlib.sha256(WORDS.encode()).hexdigest())
    assert (given.author_name, given.office_name, given.number) == ("Femi", "Independent scrutineer", 1)
    entry = AuditEntry.objects.get(event=Event.STATEMENT_GIVEN)
    assert presenters.sentence(entry) == "Femi gave their statement on Yearly report 2025-26."
    mails = telling.of("statement")
    assert telling.whom("statement") == {world.gwen.email, world.eve.email}
    assert not any("unmistakable" in mail.title + mail.text for mail in mails)


@pytest.mark.parametrize("name", ["amina", "dev", "eve", "gwen", "harry", "ines"])
def test_nobody_else_writes_or_gives_one(world, document, name):
    by = getattr(world, name)

    with pytest.raises(NotAllowed, match="Only an independent scrutineer of Ashdown may write and give"):
        write(world, document, by=by)
    write(world, document)
    with pytest.raises(NotAllowed):
        services.give_statement(document=document, seen_revision=1, by=by)
    assert not Statement.objects.exists()


def test_saving_a_draft_leaves_no_trace_for_others(world, document):
    before = AuditEntry.objects.count(), OutgoingMail.objects.count()

    write(world, document)

    assert (AuditEntry.objects.count(), OutgoingMail.objects.count()) == before


@pytest.mark.parametrize("name", ["amina", "dev", "eve", "gwen", "harry", "ines"])
def test_nobody_else_comes_across_a_word_of_a_draft(world, document, name):
    write(world, document)
    client, where = browser(getattr(world, name)), [document.area.slug, address_of(document)]
    client.raise_request_exception = False
    pages = [at(document), at(document, "write"), f"{at(document, 'write')}?preview=yes", at(document, "give")]
    pages += [reverse(f"documents:{page}", args=where) for page in ("document", "preview", "checks", "send")]

    for page in [*pages, reverse("areas:timeline", args=where[:1]), "/"]:
        for answer in (client.get(page), client.post(page, {"agree": "on", "seen_revision": "1"})):
            assert "unmistakable" not in answer.content.decode(), page


def test_another_scrutineer_of_the_area_reads_and_changes_only_their_own(world, document):
    worlds.appoint(world.ines, Office.SCRUTINEER, world.area)
    write(world, document)

    assert "unmistakable" not in browser(world.ines).get(at(document, "write")).content.decode()
    give(world, document, "Of Ines.", by=world.ines)

    assert selectors.statement_draft(document, world.femi).body == WORDS
    assert [row["text"] for row in selectors.statement_of(documents.draft(document))] == ["Of Ines."]


def test_each_scrutineer_has_one_statement_and_the_latest_counts(world, document):
    worlds.appoint(world.ines, Office.SCRUTINEER, world.area)
    give(world, document, "First.")
    give(world, document, "Of Ines.", by=world.ines)
    give(world, document, "Second.")

    assert [row["text"] for row in selectors.statement_of(documents.draft(document))] == ["Of Ines.", "Second."]
    assert Statement.objects.count() == 3


def test_the_same_text_given_twice_is_one_statement(world, document):
    first = give(world, document)

    assert services.give_statement(document=document, seen_revision=1, by=world.femi) == first
    assert telling.of("statement").count() == 2


def test_what_was_saved_in_another_window_is_neither_overwritten_nor_given_unseen(world, document):
    write(world, document)

    with pytest.raises(Conflict, match="another text"):
        services.save_statement(document=document, body="Other.", seen_revision=0, by=world.femi)
    with pytest.raises(Conflict, match="another text"):
        services.give_statement(document=document, seen_revision=0, by=world.femi)


def test_an_empty_statement_or_one_that_cannot_be_printed_is_not_given(world, document):
    with pytest.raises(WrongState, match="Write your statement"):
        give(world, document, "  \n")
    with pytest.raises(Incomplete) as refused:
        give(world, document, "Good.\n\n[[picture 1]]")
    assert refused.value.problems[0].startswith("Line 3: Pictures")


def test_a_very_long_statement_is_given_whole(world, document):
    long = "A sentence of mine. " * 2900

    assert give(world, document, long).body == long
    with pytest.raises(WrongState, match="Shorten the statement to 60,000"):
        write(world, document, "x" * 60_001)


def test_an_office_that_ended_gives_nothing_more_and_what_was_given_stays(world, document):
    give(world, document)
    office = Appointment.objects.get(person=world.femi, office=Office.SCRUTINEER)
    areas.end_appointment(appointment=office, until=clock.today(), by=world.gwen)

    with pytest.raises(NotAllowed):
        write(world, document, "More.")
    with pytest.raises(NotAllowed):
        services.give_statement(document=document, seen_revision=1, by=world.femi)
    assert [row["author"] for row in selectors.statement_of(documents.draft(document))] == ["Femi"]


def test_after_the_sending_no_statement_is_written_or_given_and_the_version_keeps_its_own(world):
    version = worlds.written(world)
    document = version.document
    give(world, document, "First.")
    sent = drafting.send_for_sign_off(version=version, by=world.gwen)

    with pytest.raises(WrongState, match="no draft"):
        write(world, document, "Second.")
    with pytest.raises(WrongState, match="no draft"):
        services.give_statement(document=document, seen_revision=1, by=world.femi)

    drafting.return_for_changes(version=sent, seat=world.health, reason="Old figures.", by=world.ben)
    give(world, document, "Second.")
    assert [row["text"] for row in selectors.statement_of(sent)] == ["First."]
    assert [row["text"] for row in selectors.statement_of(documents.draft(document))] == ["Second."]


def test_a_document_goes_without_a_statement_and_says_so(world):
    version = worlds.written(world)
    assert selectors.without_statement(version)[0].sentence.startswith("The independent scrutineer has given no")

    sent = drafting.send_for_sign_off(version=version, by=world.gwen)

    assert selectors.statement_of(sent) == []
    shown = read(browser(world.gwen).get(at(sent.document)))
    assert "The independent scrutineer had given no statement when this was sent." in shown


def test_a_statement_that_is_being_written_is_known_of_and_stays_readable_to_its_writer_alone(world):
    version = worlds.written(world)
    services.save_statement(document=version.document, body="Half of it.", seen_revision=0, by=world.femi)
    assert "is writing a statement and has not given it" in selectors.without_statement(version)[0].sentence
    assert "Half of it." not in read(browser(world.femi).get(at(version.document)))

    sent = drafting.send_for_sign_off(version=version, by=world.gwen)

    assert "Half of it." in read(browser(world.femi).get(at(sent.document)))
    assert "Half of it." not in read(browser(world.gwen).get(at(sent.document)))


def test_a_given_statement_is_no_longer_missed(world, document):
    give(world, document)

    assert not selectors.without_statement(documents.draft(document))


def test_the_hook_of_both_kinds_gives_the_blocks_and_the_text_as_it_was_written(world, document):
    give(world, document)

    (row,) = kind("yearly_report").statements(documents.draft(document))
    assert row == {
        "title": "Statement of the independent scrutineer",
        "author": "Femi",
        "office": "Independent scrutineer",
        "given_on": "2026-09-14",
        "blocks": row["blocks"],
        "text": WORDS,
        "sha256": hashlib.sha256(WORDS.encode()).hexdigest(),
    }
    assert [block["type"] for block in row["blocks"]] == ["paragraph", "list"]
    assert kind("arrangements").statements is kind("yearly_report").statements


@pytest.mark.parametrize("change", [{"body": "Other."}, {"author_name": "Somebody"}, {"number": 7}])
def test_the_database_keeps_a_given_statement_as_it_is(world, document, change):
    give(world, document)

    with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
        Statement.objects.update(**change)
    with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
        Statement.objects.all().delete()


def test_the_database_refuses_a_hash_that_is_not_of_the_statement(world, document):
    words = {"author_name": "Femi", "office_name": "Independent scrutineer", "number": 1, "body": "One."}
    who = {"document": document, "version": documents.draft(document), "author": world.femi}

    with pytest.raises(IntegrityError, match="scrutiny_statement_hash"), transaction.atomic():
        Statement.objects.create(**who, **words, sha256="0" * 64)


def test_femi_writes_previews_and_gives_it_on_the_pages(world, document):
    client = browser(world.femi)
    assert "Give your statement on Yearly report 2025-26" in read(client.get("/"))

    seen = client.post(at(document, "write"), {"body": WORDS, "seen_revision": "0", "act": "preview"}, follow=True)
    assert "<em>finding</em>" in seen.content.decode()
    refused = client.post(at(document, "give"), {"seen_revision": "1"})
    assert "Tick the sentence if this is your statement" in read(refused) and not Statement.objects.exists()
    done = client.post(at(document, "give"), {"seen_revision": "1", "agree": "on"}, follow=True)

    assert "Your statement is given" in read(done)
    assert "Give your statement" not in read(client.get("/"))
    shown = browser(world.gwen).get(at(document))
    assert "<em>finding</em>" in shown.content.decode() and "Femi, independent scrutineer" in read(shown)


def test_a_save_over_another_window_keeps_both_texts_on_the_screen(world, document):
    write(world, document, "As saved.")

    answer = browser(world.femi).post(at(document, "write"), {"body": "As typed.", "seen_revision": "0"})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "As typed.</textarea>" in page and "As saved.</pre>" in page
    assert browser(world.femi).post(at(document, "write"), {"body": "Both.", "seen_revision": "1"}).status_code == 302
    assert StatementDraft.objects.get().body == "Both."


def test_outside_the_area_the_statement_is_not_there(world, document):
    give(world, document)

    for who in (world.harry, world.ines):
        assert [browser(who).get(at(document, page)).status_code for page in ("statement", "write", "give")] == [
            404
        ] * 3
    assert [browser(world.gwen).get(at(document, page)).status_code for page in ("write", "give")] == [403] * 2
