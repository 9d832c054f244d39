"""What was carried is changed, removed or confirmed before anything is sent. There is no other door."""

import pytest
from django.db import IntegrityError, transaction

from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.carrying import selectors, services
from partnership.carrying.models import Carried, RollForward
from partnership.dashboard import needs
from partnership.dashboard.standing import Standing
from partnership.documents import content
from partnership.documents import services as workflow
from partnership.documents.models import Version
from partnership.documents.workflow import Status
from partnership.errors import Conflict, Incomplete, NotAllowed, WrongState
from tests import answered, worlds
from tests.apps.carrying import rolled

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(world):
    rolled.last_year(world)
    return rolled.roll(world).document


def waiting_in(document, key: str) -> list[selectors.Waiting]:
    rows = selectors.waiting(rolled.draft_of(document))
    return [row for row in rows if row.section and row.section.key == key]


def section_of(document, key: str):
    return rolled.draft_of(document).sections.select_related("version__document__area").get(key=key)


def confirm_all(world, document, but: str = "") -> None:
    for section in rolled.draft_of(document).sections.all():
        if section.key != but:
            seen = [row.value for row in waiting_in(document, section.key)]
            services.confirm_section(document=document, section_key=section.key, seen=seen, by=world.dev)
    for row in selectors.waiting(rolled.draft_of(document)):
        if row.section is None:
            services.confirm(row=row.row, by=world.dev)


def test_every_block_waits_and_each_problem_leads_to_its_place(world, document, client):
    draft = rolled.draft_of(document)
    assert {row.block.pk for row in selectors.waiting(draft) if row.block} == set(
        draft.blocks.values_list("pk", flat=True)
    )
    problems = [row for row in content.problems(draft) if "carried passage" in row.sentence]
    assert len(problems) == draft.sections.exclude(body="", explanation="").count() + 1
    client.force_login(world.dev)
    for problem in problems:
        assert client.get(problem.href.partition("#")[0]).status_code == 200
    with pytest.raises(Incomplete):
        workflow.send_for_sign_off(version=draft, by=world.gwen)


def test_home_says_so_for_as_long_as_a_passage_waits(world, document):
    def why() -> str:
        return next(row.why for row in needs.rows(Standing(world.gwen), {}) if document.title in row.act)

    for section in rolled.draft_of(document).sections.filter(body="", explanation=""):
        worlds.write(section, f"New words on {section.title}.", world.gwen)
    assert why() == "Passages were carried from the last one, and are to be changed or confirmed."
    confirm_all(world, document)
    assert why().startswith("Every required section is written.")


def test_a_change_settles_a_passage_and_a_removal_too(world, document):
    section = section_of(document, "year_at_a_glance")
    assert len(waiting_in(document, "year_at_a_glance")) == 4
    worlds.write(section, rolled.TEXT.replace("In 2024-25 we held 34", "In 2025-26 we held 41"), world.gwen)
    assert len(waiting_in(document, "year_at_a_glance")) == 3
    section.refresh_from_db()
    worlds.write(section, "The partners meet every six weeks.", world.gwen)
    assert [row.text for row in waiting_in(document, "year_at_a_glance")] == ["The partners meet every six weeks."]


def test_a_passage_that_is_moved_or_typed_again_still_waits(world, document):
    section = section_of(document, "year_at_a_glance")
    worlds.write(section, "Something quite different now.", world.gwen)
    assert not waiting_in(document, "year_at_a_glance")
    worlds.write(section_of(document, "foreword"), "The partners meet every six weeks.", world.gwen)
    assert [row.text for row in waiting_in(document, "foreword")] == ["The partners meet every six weeks."]
    section.refresh_from_db()
    worlds.write(section, "The partners meet every six weeks.", world.gwen)
    assert len(waiting_in(document, "year_at_a_glance")) == 1


def test_one_is_confirmed_once_by_whoever_may_write(world, document):
    row = waiting_in(document, "foreword")[0].row
    for who in (world.amina, world.harry, world.femi):
        with pytest.raises(NotAllowed):
            services.confirm(row=row, by=who)
    services.confirm(row=row, by=world.dev)
    services.confirm(row=row, by=world.gwen)
    row.refresh_from_db()
    assert row.confirmed_by == world.dev
    assert not waiting_in(document, "foreword")
    assert AuditEntry.objects.filter(event=Event.CARRIED_CONFIRMED).count() == 1


def test_what_changed_meanwhile_is_not_confirmed(world, document):
    row = waiting_in(document, "foreword")[0].row
    worlds.write(section_of(document, "foreword"), "Quite another thing altogether.", world.gwen)
    with pytest.raises(Conflict):
        services.confirm(row=row, by=world.dev)


def test_a_section_is_confirmed_whole_only_with_all_its_passages_on_the_screen(world, document):
    seen = [row.value for row in waiting_in(document, "year_at_a_glance")]
    with pytest.raises(Conflict):
        services.confirm_section(document=document, section_key="year_at_a_glance", seen=seen[1:], by=world.dev)
    assert services.confirm_section(document=document, section_key="year_at_a_glance", seen=seen, by=world.dev) == 4
    assert services.confirm_section(document=document, section_key="year_at_a_glance", seen=seen, by=world.dev) == 0


def test_an_explanation_waits_until_it_is_changed_or_confirmed(world, document):
    draft = rolled.draft_of(document)
    assert [row.row.key for row in selectors.waiting(draft) if row.section is None] == ["YR-12"]
    said = {"reason": "not_met", "text": "The accounts of 2025-26 are open.", "seen_revision": 1}
    workflow.explain(version=draft, requirement="YR-12", by=world.gwen, **said)
    assert not [row for row in selectors.waiting(draft) if row.section is None]
    assert [row.text for row in waiting_in(document, "training")] == ["No training was held."]


def test_a_carried_passage_is_signed_by_no_door(world, document):
    confirm_all(world, document, but="foreword")
    draft = rolled.draft_of(document)
    answered.answer_musts(draft, world.gwen, world.dev)
    with pytest.raises(Incomplete):
        workflow.send_for_sign_off(version=draft, by=world.gwen)
    with pytest.raises(IntegrityError, match="confirmed_before_sending"), transaction.atomic():
        Version.objects.filter(pk=draft.pk).update(
            status=Status.IN_SIGN_OFF,
            content="{}",
            sha256="44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
            frozen_at=rolled.clock.now(),
            frozen_by=world.gwen,
        )
    services.confirm(row=waiting_in(document, "foreword")[0].row, by=world.dev)
    sent = workflow.send_for_sign_off(version=draft, by=world.gwen)
    assert sent.status == Status.IN_SIGN_OFF
    with pytest.raises(WrongState):
        services.confirm(row=Carried.objects.filter(document=document)[0], by=world.dev)
    workflow.return_for_changes(version=sent, seat=world.health, reason="Old.", by=world.ben)
    assert rolled.draft_of(document).number == 2
    assert selectors.waiting(rolled.draft_of(document)) == []


def test_what_was_carried_stays_on_record(world, document):
    row = waiting_in(document, "foreword")[0].row
    services.confirm(row=row, by=world.dev)
    for act in (
        lambda: Carried.objects.filter(pk=row.pk).delete(),
        lambda: Carried.objects.filter(pk=row.pk).update(confirmed_at=None, confirmed_by=None),
        lambda: RollForward.objects.filter(document=document).update(left_out=["x"]),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_reading_what_waits_costs_the_same_however_much_it_is(world, document, django_assert_num_queries):
    draft = rolled.draft_of(document)
    with django_assert_num_queries(7):
        selectors.waiting(draft)
