"""Who writes which section: sharing out, handing in, handing back, reminding."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.audit.models import AuditEntry
from partnership.deadlines import jobs as deadlines
from partnership.documents.kinds import address_of
from partnership.drafting import jobs, selectors, services
from partnership.drafting.models import HandBack, SectionTask
from partnership.drafting.services import Owner
from partnership.errors import Conflict, NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from tests.apps.documents.world import World, world  # noqa: F401

DUE = dt.date(2026, 9, 24)


def at(world: World, page: str, *more: object) -> str:
    return reverse(f"drafting:{page}", args=[world.area.slug, address_of(world.document), *more])


def share(world: World, by: str = "gwen", due_on: dt.date = DUE, **owners: Owner | None) -> list[SectionTask]:
    return services.share_out(
        document=world.document, owners=owners, due_on=due_on, seen=selectors.mark_of(world.document),
        by=world.people[by],
    )  # fmt: skip


def dsp(world: World) -> Owner:
    return Owner(office=Office.DSP, seat=world.seats["council"])


def post() -> list[tuple[str, str]]:
    return [
        (mail.to, mail.subject) for mail in OutgoingMail.objects.filter(purpose__startswith="section").order_by("pk")
    ]


def test_each_owner_gets_one_mail_with_all_of_their_sections(world: World) -> None:
    share(world, impact=dsp(world), voice=dsp(world), training=Owner(person=world.people["femi"]))
    assert sorted(post()) == [
        ("dev@westmere.example", "Westmere: please write for the yearly report 2025-26"),
        ("femi@westmere.example", "Westmere: please write for the yearly report 2025-26"),
    ]
    text = OutgoingMail.objects.get(to="dev@westmere.example").text
    assert "2 sections" in text and "- Priorities and impact, ready by 24 September 2026" in text
    assert share(world, impact=dsp(world), voice=dsp(world)) == []  # the same again tells nobody
    assert len(post()) == 2


def test_asking_one_more_leaves_the_others_their_day_and_what_they_handed_in(world: World) -> None:
    first = share(world, impact=dsp(world), voice=dsp(world))
    services.hand_in(task=first[0], by=world.people["dev"])
    later = DUE + dt.timedelta(days=2)
    everybody = {"impact": dsp(world), "voice": dsp(world), "training": Owner(person=world.people["femi"])}
    assert [task.section_key for task in share(world, due_on=later, **everybody)] == ["training"]
    stands = {row.section_key: (row.due_on, row.handed_in_at is not None) for row in selectors.tasks_of(world.document)}
    assert stands == {"impact": (DUE, True), "voice": (DUE, False), "training": (later, False)}
    moved = services.share_out(
        document=world.document, owners=everybody, due_on=later, seen=selectors.mark_of(world.document),
        by=world.people["gwen"], moves_dates=True,
    )  # fmt: skip
    assert [task.section_key for task in moved] == ["voice"]


def test_my_sections_are_those_of_my_name_and_of_my_office_of_today(world: World) -> None:
    share(world, impact=dsp(world), training=Owner(person=world.people["femi"]))
    assert [task.section_key for task in selectors.tasks_for(world.people["dev"])] == ["impact"]
    assert [task.section_key for task in selectors.tasks_for(world.people["femi"])] == ["training"]
    assert not selectors.tasks_for(world.people["amina"])
    for office in (Office.CHAIR, Office.DSP):
        held = Appointment.objects.get(person=world.people["dev"], office=office)
        areas.end_appointment(appointment=held, until=clock.today(), by=world.people["gwen"])
    assert not selectors.tasks_for(world.people["dev"])
    page = world.client("gwen").get(at(world, "owners")).content.decode()
    assert "(nobody today)" in page


def test_only_those_who_may_write_here_today_own_a_section(world: World) -> None:
    with pytest.raises(WrongState, match="Olu may not write"):
        share(world, impact=Owner(person=world.people["olu"]))
    with pytest.raises(WrongState, match="Nobody who may write"):
        share(world, impact=Owner(office=Office.DSP, seat=world.seats["police"]))
    with pytest.raises(NotAllowed):
        share(world, by="amina", impact=dsp(world))
    with pytest.raises(WrongState, match="no section"):
        share(world, nonsense=dsp(world))
    with pytest.raises(WrongState, match="today or later"):
        share(world, due_on=dt.date(2026, 9, 13), impact=dsp(world))


def test_no_section_is_asked_for_after_the_document_itself_is_due(world: World) -> None:
    deadlines.open_duties(today=clock.today())
    duty = world.document.duties.get()
    with pytest.raises(WrongState, match="The document itself is due on 30 September 2026"):
        share(world, due_on=duty.due_on + dt.timedelta(days=1), impact=dsp(world))


def test_the_suggested_day_is_scheduled_back_from_the_statutory_date_and_never_gone(world: World) -> None:
    deadlines.open_duties(today=clock.today())
    assert selectors.written_by(world.document) == dt.date(2026, 9, 15)  # 77 days before would be in July
    with clock.frozen(dt.datetime(2026, 5, 4, 9, tzinfo=clock.LONDON)):
        assert selectors.written_by(world.document) == dt.date(2026, 7, 15)


def test_a_section_is_handed_in_by_its_owner_and_handed_back_with_a_comment(world: World) -> None:
    (task,) = share(world, impact=dsp(world))
    with pytest.raises(NotAllowed, match="Only Delegated safeguarding partner, Westmere Council may hand in"):
        services.hand_in(task=task, by=world.people["femi"])
    with pytest.raises(WrongState, match="has not been handed in"):
        services.hand_back(task=task, comment="More.", by=world.people["gwen"])
    services.hand_in(task=task, by=world.people["dev"])
    services.hand_in(task=task, by=world.people["dev"])  # a second click
    assert not selectors.to_write(world.people["dev"])
    with pytest.raises(NotAllowed):
        services.hand_back(task=task, comment="More.", by=world.people["amina"])
    with pytest.raises(WrongState, match="Say what is missing"):
        services.hand_back(task=task, comment=" ", by=world.people["gwen"])
    services.hand_back(task=task, comment="Say for whom.", by=world.people["gwen"])
    assert [row.section_key for row in selectors.to_write(world.people["dev"])] == ["impact"]
    assert ("dev@westmere.example", "Westmere: “Priorities and impact” came back to you") in post()
    assert "Say for whom." not in OutgoingMail.objects.latest("pk").text
    section = world.get("dev", "section", "impact").content.decode()
    assert "Say for whom." in section and "Hand it in" in section
    events = AuditEntry.objects.filter(event__startswith="section.handed").order_by("pk")
    assert list(events.values_list("event", flat=True)) == ["section.handed_in", "section.handed_back"]
    with pytest.raises(IntegrityError), transaction.atomic():
        HandBack.objects.update(comment="Fine.")


def test_a_section_taken_from_its_owner_stays_on_record_and_can_be_given_again(world: World) -> None:
    share(world, impact=dsp(world))
    share(world, impact=None)
    assert not selectors.tasks_of(world.document).exists()
    (again,) = share(world, impact=Owner(person=world.people["femi"]))
    assert SectionTask.objects.count() == 2 and again.owner == "Femi"


def test_two_people_sharing_out_at_once_are_told(world: World) -> None:
    seen = selectors.mark_of(world.document)
    share(world, impact=dsp(world))
    with pytest.raises(Conflict, match="Somebody else shared out"):
        services.share_out(
            document=world.document, owners={"impact": None}, due_on=DUE, seen=seen, by=world.people["femi"]
        )


def form(world: World, by: str = "gwen") -> dict[str, Any]:
    page = world.client(by).get(at(world, "owners")).context["form"]
    found = {field.html_name: field.value() or "" for field in page.owner_fields} | {"seen": page["seen"].value()}
    return found | {"due_on_day": "24", "due_on_month": "9", "due_on_year": "2026"}


def test_the_page_shares_out_and_keeps_what_was_chosen_when_somebody_was_quicker(world: World) -> None:
    sent = form(world) | {"owner-impact": f"office:dsp:{world.seats['council'].pk}"}
    late = form(world, "femi") | {"owner-impact": f"person:{world.people['femi'].pk}"}
    page = world.client("gwen").post(at(world, "owners"), sent, follow=True).content.decode()
    assert "1 section is shared out, and the owners are told." in page
    refused = world.client("femi").post(at(world, "owners"), late)
    assert refused.status_code == 409 and "Somebody else shared out" in refused.content.decode()
    assert refused.context["form"]["owner-impact"].value() == f"person:{world.people['femi'].pk}"
    again = late | {"seen": refused.context["form"]["seen"].value()}
    for _ in range(2):  # a second click, with a page that is stale by then
        assert world.client("femi").post(at(world, "owners"), again).status_code == 302
    assert selectors.tasks_of(world.document).get().owner == "Femi"


def test_a_bad_day_is_answered_at_its_field(world: World) -> None:
    page = world.client("gwen").post(at(world, "owners"), form(world) | {"due_on_day": "40"})
    assert "Ready by must be a real date" in page.content.decode()
    past = world.client("gwen").post(at(world, "owners"), form(world) | {"due_on_day": "1"})
    assert "Ready by must be 14 September 2026 or later" in past.content.decode()


def test_reminders_go_once_before_and_after_the_day_and_never_to_who_was_just_asked(world: World) -> None:
    share(world, impact=dsp(world))

    def told(day: int, month: int = 9) -> int:
        with clock.frozen(dt.datetime(2026, month, day, 9, tzinfo=clock.LONDON)):
            jobs.remind(today=clock.today())
            return OutgoingMail.objects.filter(purpose="section due").count()

    assert [told(16), told(17), told(18), told(23), told(24), told(25), told(26)] == [0, 1, 1, 2, 2, 3, 3]
    assert "was due on 24 September 2026" in OutgoingMail.objects.latest("pk").subject


def test_nobody_is_reminded_of_what_is_handed_in_or_frozen(world: World) -> None:
    tasks = share(world, impact=dsp(world), voice=dsp(world))
    services.hand_in(task=tasks[0], by=world.people["dev"])
    world.send()
    assert jobs.remind(today=DUE) == 0
    with pytest.raises(WrongState, match="There is no draft"):
        share(world, impact=None)


def test_the_page_asks_as_often_for_many_owners_as_for_one(world: World) -> None:
    def asked(page: str) -> int:
        with CaptureQueriesContext(connection) as found:
            world.client("gwen").get(page)
        return len(found)

    share(world, impact=dsp(world))
    world.client("gwen").get(at(world, "owners"))
    few = [asked(at(world, "owners")), asked(reverse("my_sections"))]
    share(world, **{row.key: Owner(person=world.people["gwen"]) for row in world.version.sections.all()})
    assert [asked(at(world, "owners")), asked(reverse("my_sections"))] == few


def test_what_was_asked_for_and_not_handed_in_is_named_before_the_sending(world: World) -> None:
    world.write_everything()
    assert not selectors.not_handed_in(world.version)
    share(world, impact=dsp(world))
    (problem,) = selectors.not_handed_in(world.version)
    assert problem.sentence.startswith("Priorities and impact: Delegated safeguarding partner")
    assert problem.sentence in world.get("gwen", "send").content.decode()
    (task,) = selectors.tasks_of(world.document)
    services.hand_in(task=task, by=world.people["dev"])
    assert not selectors.not_handed_in(world.version)


def test_the_task_list_says_who_writes_each_section_and_by_when(world: World) -> None:
    share(world, impact=dsp(world), training=Owner(person=world.people["femi"]))
    page = world.get("olu", "document").content.decode()
    assert "Written by Delegated safeguarding partner, Westmere Council, ready by 24 September 2026." in page
    assert "Written by Femi, ready by 24 September 2026." in page and page.count("Written by") == 2
    with clock.frozen(dt.datetime(2026, 9, 15, 9, tzinfo=clock.LONDON)):
        services.hand_in(task=selectors.tasks_of(world.document).get(section_key="impact"), by=world.people["dev"])
    page = world.get("gwen", "document").content.decode()
    assert "Westmere Council, handed in on 15 September 2026." in page


def test_the_task_list_asks_as_often_for_fifteen_owners_as_for_one(world: World) -> None:
    share(world, impact=dsp(world))
    with CaptureQueriesContext(connection) as one:
        world.get("gwen", "document")
    sections = [section.key for section in world.version.sections.all()]
    share(world, **dict.fromkeys(sections, Owner(person=world.people["femi"])))
    with CaptureQueriesContext(connection) as all_of_them:
        page = world.get("gwen", "document").content.decode()
    assert len(all_of_them) <= len(one)
    assert page.count("Written by Femi") == len(sections)


def test_the_day_that_was_last_asked_for_is_offered_again_and_the_example_is_ahead(world: World) -> None:
    address = at(world, "owners")
    form = world.client("gwen").get(address).context["form"]
    assert form["due_on"].initial == selectors.written_by(world.document) != DUE
    assert "For example, 12 10 2026." in form["due_on"].help_text
    share(world, impact=dsp(world))
    assert world.client("gwen").get(address).context["form"]["due_on"].initial == DUE
    with clock.frozen(dt.datetime(2026, 9, 24, 9, tzinfo=clock.LONDON)):
        assert selectors.day_to_ask_by(world.document) == selectors.written_by(world.document)


def test_whoever_hands_in_is_told_where_it_goes(world: World) -> None:
    (task,) = share(world, impact=dsp(world))
    page = world.client("dev").post(at(world, "hand_in", task.pk), follow=True).content.decode()
    assert "“Priorities and impact” is handed in. It goes to Gwen, who asked for it." in page
    held = Appointment.objects.get(person=world.people["gwen"])
    areas.end_appointment(appointment=held, until=clock.today(), by=world.people["dev"])
    page = world.client("dev").post(at(world, "hand_in", task.pk), follow=True).content.decode()
    assert "is handed in. It goes to those who share out the sections." in page


def test_my_sections_are_found_from_the_documents_and_say_what_came_back(world: World) -> None:
    documents, mine = reverse("documents:documents", args=[world.area.slug]), reverse("my_sections")
    assert mine not in world.client("dev").get(documents).content.decode()
    (task,) = share(world, impact=dsp(world))
    assert f'href="{mine}">My sections</a>: 1 is yours to write' in world.client("dev").get(documents).content.decode()
    assert "Came back" not in world.client("dev").get(mine).content.decode()
    services.hand_in(task=task, by=world.people["dev"])
    services.hand_back(task=task, comment="The figures are missing.", by=world.people["gwen"])
    assert "<strong>Came back</strong>" in world.client("dev").get(mine).content.decode()
    assert mine not in world.client("gwen").get(documents).content.decode()
