"""A children's or Easy Read version: what is refused, who agrees to what, and when it goes out."""

import pytest
from django.db import IntegrityError, transaction

from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.companions import pdf, selectors, services
from partnership.companions.models import Agreement, Companion, Kind
from partnership.dashboard import needs
from partnership.dashboard.standing import Standing
from partnership.documents import jobs as documents_jobs
from partnership.documents import services as workflow
from partnership.errors import Conflict, Incomplete, NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from tests import answered, worlds
from tests.apps.companions import files

pytestmark = pytest.mark.django_db


def acts_of(person) -> set[str]:
    return {row.act for row in needs.rows(Standing(person), {})}


def put_in(world, document, text="We keep children safe.", data=None, kind=Kind.EASY_READ):
    return services.put_in(document=document, kind=kind, data=data, text=text, by=world.gwen)


def agreed(world, companion) -> None:
    nhs = worlds.person("Nia")
    worlds.appoint(nhs, worlds.Office.DSP, world.area, world.health)
    for who in (world.dev, world.eve, nhs):
        services.agree(companion=companion, seen_sha256=companion.sha256, by=who)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04 a word file", "must be a PDF"),
        (b"%PDF-1.7 and nothing else", "cannot be read"),
        (files.pdf(script="app.alert(1)"), "holds a script"),
        (files.pdf(opens="https://example.org/"), "does something by itself"),
        (files.pdf(attached=True), "another file inside"),
        (files.pdf(locked=True), "locked with a password"),
    ],
)
def test_a_file_that_hides_or_runs_something_is_refused(data, sentence):
    with pytest.raises(Incomplete, match=sentence):
        pdf.doubts(data)


def test_a_file_that_cannot_be_read_aloud_well_is_kept_with_a_sentence():
    assert pdf.doubts(files.pdf()) == []
    found = pdf.doubts(files.pdf(tagged=False))
    assert [line.partition(",")[0] for line in found] == ["It is not tagged", "It does not say its language"]


def test_it_is_made_for_a_frozen_text_by_whoever_may_write(world):
    draft = worlds.written(world)
    with pytest.raises(WrongState, match="children's version or Easy Read version is made for a text that is frozen"):
        put_in(world, draft.document)
    version = workflow.send_for_sign_off(version=draft, by=world.gwen)
    with pytest.raises(NotAllowed):
        services.put_in(document=version.document, kind=Kind.CHILDREN, data=None, text="x", by=world.amina)
    for text, sentence in (("", "Choose a PDF"), ("[[picture 1]]", "picture"), ("x" * 20_001, "Shorten")):
        with pytest.raises(Incomplete, match=sentence):
            put_in(world, version.document, text)
    first = put_in(world, version.document, data=files.pdf())
    assert put_in(world, version.document, data=files.pdf()).pk == first.pk
    assert put_in(world, version.document, "Better words.").number == 2
    assert first.made_for == version


def test_each_statutory_seat_agrees_to_exactly_what_was_on_the_screen(world):
    version = worlds.in_sign_off(world)
    companion = put_in(world, version.document)
    for who in (world.amina, world.gwen, world.harry):
        with pytest.raises(NotAllowed):
            services.agree(companion=companion, seen_sha256=companion.sha256, by=who)
    with pytest.raises(Conflict):
        services.agree(companion=companion, seen_sha256="0" * 64, by=world.dev)
    said = services.agree(companion=companion, seen_sha256=companion.sha256, by=world.dev)
    assert services.agree(companion=companion, seen_sha256=companion.sha256, by=world.dev) == said
    assert [seat.agency.name for seat in selectors.lacking(companion)] == [
        "NHS Ashdown Integrated Care Board",
        "Ashdown Police",
    ]
    put_in(world, version.document, "Better words.")
    with pytest.raises(WrongState, match="newer edition of this Easy Read version"):
        services.agree(companion=companion, seen_sha256=companion.sha256, by=world.eve)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Companion.objects.filter(pk=companion.pk).update(text="Other words.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.create(
            companion=companion, seat=world.police, agency_name="x", sha256="1" * 64, agreed_by=world.eve
        )


def test_whoever_is_to_agree_is_told_once_and_finds_it_at_home_until_they_have(world):
    version = worlds.published(world)
    companion = put_in(world, version.document)
    put_in(world, version.document)
    asked = OutgoingMail.objects.filter(purpose="companion please agree")
    assert {mail.to for mail in asked} == {world.dev.email, world.eve.email}
    assert asked.count() == 2
    acts = acts_of(world.dev)
    assert "Agree to the Easy Read version of Yearly report 2025-26" in acts
    assert "Agree to the Easy Read version of Yearly report 2025-26" not in acts_of(world.amina)
    agreed(world, companion)
    assert acts_of(world.dev) == acts - {"Agree to the Easy Read version of Yearly report 2025-26"}
    assert "Publish the Easy Read version of Yearly report 2025-26" in acts_of(world.gwen)
    services.publish(companion=companion, by=world.gwen)
    assert not [act for act in acts_of(world.gwen) if "Easy Read" in act]
    newer = put_in(world, version.document, "Better words.")
    assert [row.pk for row in selectors.to_agree(world.dev)] == [newer.pk]


def test_it_is_published_beside_the_text_that_it_was_made_for_and_is_stale_after_the_next(world, client):
    version = worlds.signed(world)
    document = version.document
    companion = put_in(world, document)
    missing = [row.sentence for row in selectors.warnings(version)]
    assert missing == [
        "There is no children's version.",
        "The Easy Read version is not yet agreed. Still to agree: NHS Ashdown Integrated Care Board, Ashdown Council, "
        "Ashdown Police. It will not appear until they have.",
    ]
    with pytest.raises(WrongState, match="still to agree"):
        services.publish(companion=companion, by=world.gwen)
    agreed(world, companion)
    assert [row.sentence for row in selectors.warnings(version)] == missing[:1]
    with pytest.raises(WrongState, match="not what is public"):
        services.publish(companion=companion, by=world.gwen)
    version = worlds.publish(version, world.gwen)
    with pytest.raises(NotAllowed):
        services.publish(companion=companion, by=world.dev)
    services.publish(companion=companion, by=world.gwen)
    services.publish(companion=companion, by=world.gwen)
    assert AuditEntry.objects.filter(event=Event.COMPANION_PUBLISHED).count() == 1
    assert selectors.published(document) == [companion]
    assert not selectors.standings(document)[1].is_stale

    draft = worlds.correct(version, world.gwen)
    worlds.write(draft.sections.get(key="foreword"), "Other words altogether stand here.", world.gwen)
    answered.answer_musts(draft, world.gwen, world.dev)
    second = workflow.send_for_sign_off(version=draft, by=world.gwen)
    assert selectors.standings(document)[1].is_stale
    assert [row.sentence for row in selectors.warnings(second)][1] == (
        "The Easy Read version was made for version 1. Put in a new edition for version 2. Until it is published, the public "
        "is told that the document has changed since."
    )
    asks = "Put in a new edition of the Easy Read version of Yearly report 2025-26"
    assert asks not in acts_of(world.gwen)  # only once the public reads the other text
    for place, who in ((world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)):
        worlds.sign(second, place, who)
    documents_jobs.render_missing()
    second.refresh_from_db()
    public = f"/published/{world.area.slug}/yearly-report/2025-26/versions/easy-read/"
    assert "has changed since" not in client.get(public).content.decode()
    worlds.publish(second, world.gwen)
    assert selectors.published(document) == [companion]
    assert "has changed since" in client.get(public).content.decode()
    assert asks in acts_of(world.gwen)
    assert asks not in acts_of(world.amina)
    put_in(world, document, "For the text of now.")
    assert asks not in acts_of(world.gwen)


def test_an_edition_that_was_never_public_is_asked_for_anew_when_its_text_was_returned(world):
    version = worlds.signed(world)
    put_in(world, version.document)
    draft = workflow.return_for_changes(
        version=version, seat=world.council, reason="The figures are wrong.", by=world.amina
    )
    worlds.write(draft.sections.get(key="foreword"), "Other words altogether stand here.", world.gwen)
    answered.answer_musts(draft, world.gwen, world.dev)
    second = workflow.send_for_sign_off(version=draft, by=world.gwen)
    assert [row.sentence for row in selectors.warnings(second)][1] == (
        "The Easy Read version was made for version 1, so it will not appear. Put in a new edition."
    )
