"""A new edition makes one briefing for each area that was in use before, and tells the business manager once."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.audit.presenters import sentence
from partnership.briefings import jobs, letters
from partnership.briefings.models import Baseline, Briefing
from partnership.guidance import loader
from partnership.mail.models import OutgoingMail
from tests import worlds

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2026, 1, 5), date(2026, 9, 14)


def keys(area):
    return sorted(Briefing.objects.filter(area=area).values_list("edition_key", flat=True))


def mails():
    return OutgoingMail.objects.filter(purpose="briefing")


def test_an_area_begins_with_the_editions_of_its_first_day_and_is_not_told_of_them(world):
    assert jobs.brief(today=AFTER) == 0

    assert not Briefing.objects.exists()
    assert not mails().exists()
    assert Baseline.objects.get(area=world.area).edition_keys == ["wt2018", "nf2023", "wt2023", "nf2026", "wt2026"]


def test_an_edition_that_came_later_makes_one_briefing_for_each_area_and_no_second_one(world, monkeypatch):
    held = [edition for edition in loader.editions() if edition.key in ("wt2018", "nf2023", "wt2023")]
    everything = loader.editions()
    monkeypatch.setattr(loader, "editions", lambda: tuple(held))
    assert jobs.brief(today=AFTER) == 0
    monkeypatch.setattr(loader, "editions", lambda: everything)

    assert jobs.brief(today=AFTER) == 4  # two editions, two areas
    assert jobs.brief(today=AFTER) == 0
    assert keys(world.area) == keys(world.other_area) == ["nf2026", "wt2026"]


def test_an_edition_that_is_held_before_it_is_in_force_makes_a_briefing_at_once(world):
    assert jobs.brief(today=BEFORE) == 4


def test_an_area_that_is_opened_later_is_not_told_of_what_was_there_before(world):
    jobs.brief(today=BEFORE)
    late = worlds.area("Late")
    worlds.hold(worlds.person("Lou"), Office.OBSERVER, late)

    jobs.brief(today=AFTER)

    assert keys(late) == []
    assert keys(world.area) == ["nf2026", "wt2026"]


def test_an_area_that_nobody_works_in_is_left_alone(world):
    empty = worlds.area("Empty")

    worlds.briefed()

    assert not Baseline.objects.filter(area=empty).exists()


def test_the_business_manager_is_told_once_and_it_is_on_record(world):
    worlds.briefed()
    worlds.briefed()

    told = mails().filter(area_slug=world.area.slug)
    assert {mail.to for mail in told} == {world.gwen.email}
    assert sorted(mail.subject for mail in told) == [
        f"{world.area.name}: what National Framework 2026 means for your documents",
        f"{world.area.name}: what Working Together 2026 means for your documents",
    ]
    assert f"/areas/{world.area.slug}/briefings/wt2026/" in told.get(subject__contains="Working").text
    entries = AuditEntry.objects.filter(event=Event.BRIEFING_MADE, area_slug=world.area.slug)
    assert entries.count() == 2
    assert "A briefing on Working Together 2026 was made and sent to Gwen." in [sentence(entry) for entry in entries]


def test_the_chair_is_told_where_there_is_no_business_manager(world):
    held = Appointment.objects.get(person=world.gwen, office=Office.BUSINESS_MANAGER)
    areas.end_appointment(appointment=held, until=date(2025, 12, 1), by=None)

    worlds.briefed()

    assert {mail.to for mail in mails().filter(area_slug=world.area.slug)} == {world.eve.email}


def test_one_area_that_fails_does_not_keep_the_others_from_their_briefing(world, monkeypatch):
    right = letters.briefing

    def briefing(made, edition, today):
        if made.area == world.area:
            raise RuntimeError("no letter")
        return right(made, edition, today)

    monkeypatch.setattr(letters, "briefing", briefing)
    worlds.briefed()
    assert keys(world.area) == []
    assert keys(world.other_area) == ["nf2026", "wt2026"]

    monkeypatch.undo()
    jobs.brief(today=AFTER)
    assert keys(world.area) == ["nf2026", "wt2026"]


def test_what_was_told_and_what_an_area_began_with_is_never_changed_or_removed(world):
    worlds.briefed()
    briefing, baseline = Briefing.objects.first(), Baseline.objects.first()

    for wrong in (
        lambda: Briefing.objects.filter(pk=briefing.pk).update(edition_key="wt2018"),
        lambda: Briefing.objects.filter(pk=briefing.pk).delete(),
        lambda: Baseline.objects.filter(pk=baseline.pk).update(edition_keys=[]),
        lambda: Baseline.objects.filter(pk=baseline.pk).delete(),
        lambda: Briefing.objects.create(area=briefing.area, edition_key=briefing.edition_key),
        lambda: Briefing.objects.filter(pk=briefing.pk).update(acknowledged_by=world.gwen),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()
