"""Corrections: clerical or material, declared with a reason that is frozen, signed and read with the text."""

import pytest
from django.db import IntegrityError, transaction

from partnership.documents import canonical, content, corrections, services
from partnership.documents.models import Correction, Nature, SignOff, Version
from partnership.errors import Incomplete, NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from scrutiny import services as scrutiny
from tests import answered, worlds

pytestmark = pytest.mark.django_db
WHY = "The sum of the police was printed wrong."
WORDS = "The council paid two pounds."


@pytest.fixture
def world():
    return worlds.area_with_its_cast()


@pytest.fixture
def version(world):
    return worlds.published(world)


def draft(world, version, nature=Nature.CLERICAL):
    return worlds.correct(version, world.gwen, nature, WHY)


def mend(world, found, words=WORDS, key="funding"):
    section = found.sections.get(key=key)
    worlds.write(section, words, world.gwen)
    answered.answer_musts(found, world.gwen, world.dev)


def send(world, found) -> Version:
    return services.send_for_sign_off(version=found, by=world.gwen)


def told(world, found) -> list[str]:
    return [row.sentence for row in content.problems(found)]


def test_a_correction_says_what_it_is_and_why_before_it_is_begun(world, version):
    for said in ({}, {"nature": Nature.CLERICAL}, {"nature": Nature.CLERICAL, "reason": "  "}):
        with pytest.raises(WrongState, match="clerical or material"):
            services.begin_correction(version=version, by=world.gwen, **said)
    with pytest.raises(NotAllowed):
        services.begin_correction(version=version, by=world.amina, nature=Nature.CLERICAL, reason=WHY)
    row = draft(world, version).correction
    assert (row.of, row.nature, row.reason) == (version, "clerical", WHY)
    assert row.declared_as.startswith("Gwen, ")


def test_what_was_never_published_goes_on_without_a_declaration(world):
    begun = worlds.written(world)
    services.withdraw(version=begun, reason="Too early.", by=world.gwen)
    again = services.begin_correction(version=Version.objects.get(pk=begun.pk), by=world.gwen)
    assert corrections.of(again) is None and corrections.frozen(again) == {}


def test_a_clerical_correction_that_changes_nothing_or_too_much_is_not_sent(world, version):
    found = draft(world, version)
    assert told(world, found) == ["Nothing in the text is changed yet, so there is nothing to correct."]
    mend(world, found)
    assert told(world, found) == []
    challenge = scrutiny.raise_challenge(document=found.document, text="Show the effect.", by=world.femi)
    scrutiny.answer(challenge=challenge, position="accept", text="We will.", by=world.dev)
    (problem,) = told(world, found)
    assert problem.startswith("Challenges and answers: this is not as it was published.")
    with pytest.raises(Incomplete):
        send(world, found)
    services.declare_correction(version=found, nature=Nature.MATERIAL, reason=WHY, by=world.gwen)
    found = Version.objects.get(pk=found.pk)
    assert told(world, found) == []


def test_a_clerical_correction_keeps_the_title_and_the_area_that_were_published(world, version):
    found = draft(world, version)
    mend(world, found)
    said = canonical.load(canonical.canonical(content.compose(found, [])))
    assert corrections.problems(found, lambda: said) == []
    said["area"]["partnership"] = "Another partnership"
    (problem,) = corrections.problems(found, lambda: said)
    assert problem.sentence.startswith("Title, area and edition: this is not as it was published.")


def test_the_partners_of_today_must_be_those_who_signed_what_is_corrected(world, version):
    worlds.seat(world.area, "NHS Neighbour Integrated Care Board", worlds.AgencyKind.HEALTH)
    found = draft(world, version)
    mend(world, found)
    (problem,) = told(world, found)
    assert problem.startswith("The partners of today are not those who signed what is published.")


def test_each_signer_of_a_clerical_correction_is_told_every_changed_passage(world, version):
    found = draft(world, version)
    mend(world, found)
    sent = send(world, found)
    words, wording = corrections.statement_under(sent)
    assert wording == "correction 1"
    assert "Funding, paragraph " in words and WHY in words
    assert words.count(";") == 0  # one passage
    for place, who in ((world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)):
        worlds.sign(sent, place, who)
    rows = SignOff.objects.filter(version=sent)
    assert {(row.statement, row.wording) for row in rows} == {(words, wording)}
    assert rows.count() == 3


def test_a_material_correction_is_signed_as_a_new_text(world, version):
    found = draft(world, version, Nature.MATERIAL)
    mend(world, found)
    words, wording = corrections.statement_under(send(world, found))
    assert wording == "yearly-report 1" and words.startswith("I have read this yearly report.")


def test_the_change_note_is_part_of_what_is_hashed(world, version):
    found = draft(world, version)
    mend(world, found)
    one = canonical.canonical(content.compose(found, []))
    services.declare_correction(version=found, nature=Nature.CLERICAL, reason="Another reason.", by=world.gwen)
    two = canonical.canonical(content.compose(Version.objects.get(pk=found.pk), []))
    assert canonical.fingerprint(one) != canonical.fingerprint(two)
    assert canonical.load(two)["correction"] == {
        "nature": "Clerical",
        "reason": "Another reason.",
        "of_version": 1,
        "published_on": version.published_at.date().isoformat(),
    }


def test_one_that_came_back_goes_on_as_what_it_was_declared(world, version):
    found = draft(world, version)
    mend(world, found)
    sent = send(world, found)
    again = services.return_for_changes(version=sent, seat=world.health, reason="One more slip.", by=world.ben)
    assert (again.correction.of, again.correction.nature) == (version, "clerical")


def test_a_declaration_is_of_a_draft_alone_and_stays_once_it_is_frozen(world, version):
    found = draft(world, version)
    same = services.declare_correction(version=found, nature=Nature.CLERICAL, reason=f" {WHY} ", by=world.gwen)
    assert same == Correction.objects.get()
    mend(world, found)
    send(world, found)
    with pytest.raises(WrongState, match="frozen"):
        services.declare_correction(version=found, nature=Nature.MATERIAL, reason=WHY, by=world.gwen)
    with pytest.raises(IntegrityError, match="correction_of_a_draft"), transaction.atomic():
        Correction.objects.update(nature="material")
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.all().delete()
    with pytest.raises(WrongState, match="corrects nothing"):
        services.declare_correction(
            version=worlds.begun(world, "arrangements", "2026").versions.get(),
            nature=Nature.MATERIAL,
            reason=WHY,
            by=world.gwen,
        )


def test_whoever_was_sent_the_first_is_sent_the_correction_as_one(world, version, client):
    found = draft(world, version)
    mend(world, found)
    sent = send(world, found)
    sent = worlds.signed_by_all(world, sent)
    worlds.publish(Version.objects.get(pk=sent.pk), world.gwen)
    mails = OutgoingMail.objects.filter(purpose="submission").order_by("pk")
    assert mails.count() == 4
    assert all("corrected" in mail.subject and "clerical correction" in mail.text for mail in mails[2:])
    assert not any("correct" in mail.subject for mail in mails[:2])
    page = client.get(f"/published/{world.area.slug}/yearly-report/2025-26/").content.decode()
    assert WHY in page and "Clerical correction" in page and "Version 1</a>: published" in page
    changes = client.get(f"/published/{world.area.slug}/yearly-report/2025-26/changes/").content.decode()
    assert WHY in changes and "two" in changes


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (["One.", "Two."], ["One.", "Three."], ["Funding, paragraph 1.2"]),
        (["One.", "Two."], ["One."], ["Funding, 1 passage left out after paragraph 1.1"]),
        (
            ["One.", "Two.", "Three."],
            ["Four."],
            ["Funding, paragraph 1.1", "Funding, 2 passages left out after paragraph 1.1"],
        ),
        (["One."], ["Zero.", "One."], ["Funding, paragraph 1.1"]),
        (["One."], ["One."], []),
        (["One."], [], ["Funding, 1 passage left out after its title"]),
    ],
)
def test_every_passage_that_came_changed_or_went_is_named(old, new, said):
    assert corrections.changed(text_of(old), text_of(new)) == said


def text_of(paragraphs):
    blocks = [{"type": "paragraph", "html": words} for words in paragraphs]
    return {"sections": [{"key": "funding", "title": "Funding", "explanation": "", "blocks": blocks}]}
