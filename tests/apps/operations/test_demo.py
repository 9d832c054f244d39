"""The practice story: real bodies and figures, invented people, everything through the services."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.management import CommandError, call_command

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas import england as reference
from partnership.areas import selectors as areas
from partnership.areas.models import Appointment, Area, ReviewedAccess, Seat, SeatKind, Succession
from partnership.areas.roles import Office
from partnership.audit.models import AuditEntry
from partnership.briefings.models import Baseline, Briefing
from partnership.companions import selectors as companions
from partnership.counts.models import Attendance, Count
from partnership.deadlines.models import Duty
from partnership.documents import content, facts, services
from partnership.documents import selectors as documents
from partnership.documents.models import Document, Section, Version
from partnership.documents.workflow import Status
from partnership.funding import selectors as funding
from partnership.funding.models import Contribution, Spending
from partnership.guidance.financial_years import FinancialYear
from partnership.mail.models import OutgoingMail
from partnership.operations import england
from partnership.operations.bench import pages as bench
from partnership.operations.bench import previews
from partnership.operations.demo import accounts, load
from partnership.operations.demo.people import PEOPLE
from partnership.operations.demo.places import EALING, HAMMERSMITH, MARLBRIDGE, NEW_BOARD
from partnership.submissions.models import Submission
from scrutiny import selectors as scrutiny

# One mark for all, so that no test stands apart from its module and has everything loaded a second time.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("practice")]
OLD_NAME = "NHS North West London Integrated Care Board"
NEW_NAME = "NHS West and North London Integrated Care Board"
TODAY = date(2026, 9, 14)


def version(area: str, label: str, kind: str = "yearly_report") -> Version:
    return documents.current(Document.objects.get(area__slug=area, kind=kind, period_label=label))


def signers(of: Version) -> set[str]:
    return {sign_off.agency_name for sign_off in of.sign_offs.all()}


def test_whoever_did_something_had_signed_in_for_it():
    acts = AuditEntry.objects.exclude(actor_id=None).order_by("-at")
    last = {entry.actor_id: entry.at for entry in reversed(acts)}

    for person in User.objects.filter(pk__in=last):
        assert person.last_signed_in_at, person
        assert person.last_signed_in_at > last[person.pk] - timedelta(hours=1), person


def test_a_signed_access_review_agrees_with_the_record():
    rows = ReviewedAccess.objects.select_related("review", "appointment")

    for row in rows:
        who, signed = row.appointment.person_id, row.review.signed_at
        acted = AuditEntry.objects.filter(actor_id=who, at__lt=signed).order_by("-at").first()
        if acted:
            assert row.last_signed_in_at, (row.review, row.person_name)
            assert acted.at - timedelta(hours=1) < row.last_signed_in_at < signed
        if who == row.review.signed_by_id:
            assert clock.london_day(row.last_signed_in_at) == clock.london_day(signed)
    assert rows.exists()


def test_loading_again_changes_nothing(practice):
    before = AuditEntry.objects.count(), OutgoingMail.objects.count(), User.objects.count()

    assert practice.told
    assert load.load() == []
    assert (AuditEntry.objects.count(), OutgoingMail.objects.count(), User.objects.count()) == before


def test_the_board_of_the_day_signed_and_the_board_of_today_must():
    assert OLD_NAME in signers(version(HAMMERSMITH, "2023-24"))
    assert OLD_NAME in signers(version(HAMMERSMITH, "2024-25"))
    waiting = version(EALING, "2025-26")
    assert waiting.status == Status.IN_SIGN_OFF
    assert {seat.agency_name for seat in waiting.required_seats.all()} >= {NEW_NAME}
    assert OLD_NAME not in {seat.agency_name for seat in waiting.required_seats.all()}
    assert signers(waiting) == {"London Borough of Ealing"}


def test_one_area_has_still_to_read_what_the_guidance_of_2026_means():
    told = {
        (briefing.area.slug, briefing.edition_key): bool(briefing.acknowledged_at)
        for briefing in Briefing.objects.select_related("area")
    }

    assert told == {(HAMMERSMITH, "wt2026"): False, (HAMMERSMITH, "nf2026"): True}
    assert Baseline.objects.count() == 3


def test_the_invented_area_has_five_statutory_seats_and_the_others_three():
    seats = {area.slug: areas.statutory_seats(area, TODAY).count() for area in Area.objects.all()}

    assert seats == {MARLBRIDGE: 5, EALING: 3, HAMMERSMITH: 3}
    assert Area.objects.get(slug=MARLBRIDGE).is_invented


def test_five_partners_can_sign_the_report_of_the_invented_area():
    area = Area.objects.get(slug=MARLBRIDGE)
    seats = areas.statutory_seats(area, TODAY)

    able = {
        held.seat_id
        for held in areas.holders(area, Office.LSP, TODAY)
        if access.seats_signed_for_by(held.person, area).filter(pk=held.seat_id).exists()
    }

    assert able == {seat.pk for seat in seats}


def test_education_has_a_seat_that_does_not_sign():
    area = Area.objects.get(slug=HAMMERSMITH)

    assert areas.seats(area, TODAY).filter(kind=SeatKind.STRATEGIC, agency__kind="education").count() == 1


def test_the_published_figures_add_up_and_the_printed_total_is_explained():
    area = Area.objects.get(slug=HAMMERSMITH)
    year = FinancialYear(2023)
    paid = Contribution.objects.filter(area=area, start_year=2023)
    spent = Spending.objects.filter(area=area, start_year=2023)
    printed = funding.printed_totals(area, year).get()

    assert (paid.count(), sum(row.amount for row in paid)) == (6, Decimal(157_719))
    assert (spent.count(), sum(row.amount for row in spent)) == (7, Decimal(157_719))
    assert not paid.filter(is_invented=True).exists()
    assert printed.printed == Decimal(158_517)
    sentence = funding.finding(printed).sentence
    assert "£798 more" in sentence
    assert "'Website' (£798) counted twice explains it" in sentence


def test_the_published_report_shows_the_real_figures_and_not_the_printed_total():
    text = version(HAMMERSMITH, "2023-24").content

    assert text.count("£157,719") == 2
    assert "hflscp.co.uk" in text
    assert "158,517" not in text


def test_later_figures_are_marked_as_invented():
    later = Contribution.objects.exclude(area__slug=HAMMERSMITH, start_year=2023)

    assert later.exists()
    assert not later.filter(is_invented=False).exists()


def test_every_count_and_attendance_is_invented_and_the_draft_draws_on_them():
    for area in (HAMMERSMITH, EALING, MARLBRIDGE):
        for model in (Count, Attendance):
            rows = model.objects.filter(area__slug=area, start_year=2025)
            assert rows.exists() and not rows.filter(is_invented=False).exists()
    written = content.states(version(HAMMERSMITH, "2025-26"))

    drawn = {row["name"]: row for row in facts.of(state for state in written if not state.problems)}

    assert drawn["count rapid reviews"]["value"] == "1"
    assert drawn["attendance police"]["value"] == "6 of 8 meetings, 2 more by a deputy"
    assert "(figure invented for practice)" in drawn["attendance police"]["source"]
    assert "attendance" in drawn


def test_the_reports_of_the_past_were_submitted_then_and_closed_their_duties(practice):
    for label, day in (("2023-24", date(2024, 9, 19)), ("2024-25", date(2025, 9, 22))):
        sent = Submission.objects.filter(
            version__document__area__slug=HAMMERSMITH, version__document__period_label=label
        )
        duty = Duty.objects.get(area__slug=HAMMERSMITH, period_label=label)
        assert {clock.london_day(one.accepted_at) for one in sent} == {day}
        assert sent.count() == 2
        assert clock.london_day(duty.closed_at) == day
        assert duty.facts.count() == 3
    to = [message[1] for message in practice.relay.messages]
    assert to.count("policy@foundations.org.uk") == to.count("nationalreviewpanel@education.gov.uk") == 2


def test_one_body_acknowledged_and_the_other_did_not():
    first = Submission.objects.filter(version__document__period_label="2023-24")

    assert {one.party for one in first if one.acknowledged_at} == {"national_panel"}


def test_the_duties_of_this_year_are_open_everywhere():
    due = Duty.objects.filter(period_label="2025-26")

    assert {(duty.area.slug, duty.due_on, duty.closed_at) for duty in due} == {
        (slug, date(2026, 9, 30), None) for slug in (HAMMERSMITH, EALING, MARLBRIDGE)
    }


def test_only_the_last_notices_were_sent():
    old = OutgoingMail.objects.filter(created_at__date__lt=date(2026, 9, 1)).exclude(
        purpose__in=("submission", "arrangements")
    )

    assert set(old.values_list("status", flat=True)) == {"cancelled"}
    # Of the three who were asked in Ealing one had signed before the mail left, and was asked no more.
    asked = OutgoingMail.objects.filter(purpose="please_sign", created_at__date__gte=date(2026, 9, 1))
    assert sorted(asked.values_list("status", flat=True)) == ["cancelled", "sent", "sent"]
    assert not OutgoingMail.objects.filter(status="queued").exists()


def test_the_draft_has_something_to_mend_and_an_unanswered_challenge():
    draft = version(HAMMERSMITH, "2025-26")
    sentences = " ".join(problem.sentence for problem in content.problems(draft))
    states = content.states(draft)

    assert draft.status == Status.DRAFT
    assert [state.section.key for state in states if state.status == "Not started"] == [
        "little_or_no_progress",
        "arrangements_and_reforms",
    ]
    assert "a caption: a line just before it" in sentences
    assert "Challenge 2 from the independent scrutineer has no answer yet." in sentences
    assert "The priority “Neglect” has neither an effect with evidence nor an entry" in sentences
    assert len(content.problems(draft)) == 5
    assert any(block["type"] == "chart" for state in states for block in state.blocks)
    assert [challenge.number for challenge in scrutiny.unanswered(draft.document)] == [2]


def test_every_frozen_text_says_that_it_was_written_for_practice():
    for one in Version.objects.exclude(content=""):
        assert "This text was written for practice" in one.content


def test_a_childrens_version_of_a_published_report_waits_for_two_of_three_partners():
    (row,) = companions.standings(Document.objects.get(area__slug=HAMMERSMITH, period_label="2024-25"))[:1]

    assert row.companion is not None
    assert row.companion.made_for.status == Status.PUBLISHED
    assert "This text was written for practice." in row.companion.text
    assert [said.agreed_by.name for said in row.agreements] == ["Rukhsana Malik"]
    assert {seat.agency.name for seat in row.lacking} == {"Metropolitan Police Service", NEW_NAME}


def test_what_hammersmith_published_no_longer_agrees_since_the_change_of_boards():
    flags = version(HAMMERSMITH, "2025", "arrangements").stale_flags.filter(closed_at=None)

    assert {(flag.fact, flag.kind) for flag in flags} == {
        ("partners", "structural"),
        ("lsp icb", "structural"),
        ("dsp icb", "structural"),
    }
    assert {flag.since for flag in flags} == {date(2026, 4, 1)}


def test_arrangements_went_through_the_same_workflow():
    assert version(HAMMERSMITH, "2025", "arrangements").status == Status.PUBLISHED
    assert version(EALING, "2026", "arrangements").status == Status.DRAFT


def test_the_shared_budget_came_late_and_has_the_sums_of_its_record():
    budget = version(HAMMERSMITH, "2026-27", "budget")
    rows = Contribution.objects.filter(area__slug=HAMMERSMITH, start_year=2026)

    assert budget.status == Status.PUBLISHED
    assert clock.london_day(budget.published_at) > date(2026, 4, 1)
    assert NEW_NAME in signers(budget) and len(signers(budget)) == 3
    total = f"£{funding.money(list(rows)):,.0f}"
    assert total == "£127,100"
    assert budget.content.count(total) >= 3  # the sentence, the table, and what is planned
    assert "2025-26" in budget.content


def test_the_threshold_document_is_a_draft_and_leaves_the_levels_of_need_open():
    draft = version(HAMMERSMITH, "2026", "thresholds")

    assert draft.status == Status.DRAFT
    assert "written for practice" in draft.sections.get(key="purpose").body
    assert not draft.sections.get(key="criteria").body


def test_everybody_is_invented_and_at_an_example_domain():
    assert not User.objects.filter(is_invented=False).exists()
    assert all(user.email.endswith("@practice.example") for user in User.objects.all())
    assert len({person.password for person in PEOPLE}) == len(PEOPLE)
    assert all(len(person.password) >= 15 for person in PEOPLE)


def test_the_listed_password_opens_the_account():
    assert User.objects.get(email="gwen.pritchard@practice.example").check_password("practice-gwen-2026")


def test_everybody_has_a_second_factor_and_the_listed_code_is_the_one_it_takes():
    for person in accounts.sign_ins()[:3]:
        authenticator = Authenticator.objects.get(type="totp", user__email=person["email"])
        assert authenticator.wrap().validate_code(person["code"])
        assert totp.validate_totp_code(person["totp_secret"], person["code"])

    assert Authenticator.objects.filter(type="totp").count() == len(PEOPLE)


def test_a_second_factor_is_the_same_each_time_and_nobody_elses():
    secrets = [person["totp_secret"] for person in accounts.accounts()]

    assert secrets == [person["totp_secret"] for person in accounts.accounts()]
    assert len(set(secrets)) == len(PEOPLE)
    assert PEOPLE[0].totp_secret == "OSS244MHM2IYMESNEQ5Z6IYPA2N255QZ"


def test_practice_data_from_before_gets_second_factors_when_it_is_loaded_again():
    Authenticator.objects.filter(user__email=PEOPLE[0].email).delete()

    load.load()

    assert Authenticator.objects.filter(user__email=PEOPLE[0].email, type="totp").count() == 1


def test_the_json_of_accounts_has_the_keys_that_operators_rely_on(capsys):
    call_command("demo_accounts", json=True)
    people = json.loads(capsys.readouterr().out)

    assert len(people) == len(PEOPLE)
    for person in people:
        assert set(person) == {"name", "email", "password", "totp_secret", "offices"}
        for office in person["offices"]:
            assert set(office) == {"role", "area", "seat", "from", "to"}
            assert office["role"] in Office.values
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", office["from"])
    assert all(re.fullmatch(r"[A-Z2-7]{32}", person["totp_secret"]) for person in people)


def test_there_is_an_expired_a_future_and_a_two_area_person_among_them():
    people = {person["email"].partition("@")[0]: person["offices"] for person in accounts.accounts()}

    assert {office["to"] for office in people["helen.prosser"]} == {"2026-04-01"}
    assert [office["from"] for office in people["leon.baptiste"]] == ["2026-11-01"]
    assert {office["area"] for office in people["marcus.whitfield"]} == {HAMMERSMITH, EALING}
    assert {(office["area"], office["seat"]) for office in people["anjali.deshmukh"]} == {
        (HAMMERSMITH, NEW_BOARD),
        (EALING, NEW_BOARD),
    }


def test_an_expired_and_a_future_office_give_nothing_today():
    for key in ("helen.prosser", "leon.baptiste"):
        assert not access.offices_of(User.objects.get(email=f"{key}@practice.example")).exists()


def test_one_who_stands_in_may_sign_and_another_may_not():
    acting = Appointment.objects.filter(basis="acting")

    assert {(held.person.name, held.may_sign_while_acting) for held in acting} == {
        ("Stephen Ward", True),
        ("Hannah Goldberg", False),
    }


def test_the_page_of_people_can_be_told_where_each_belongs():
    marcus = next(person for person in accounts.sign_ins() if person["name"] == "Marcus Whitfield")

    assert set(marcus["areas"]) == {"Ealing", "Hammersmith and Fulham"}
    assert (
        "Lead safeguarding partner, Metropolitan Police Service, in Ealing, since 6 January 2025" in marcus["offices"]
    )


def test_england_can_be_loaded_around_the_practice_areas():
    before = set(Seat.objects.filter(area__slug__in=[HAMMERSMITH, EALING]).values_list("pk", flat=True))

    added = england.load(reference.read())

    assert added.areas == 139
    assert set(Seat.objects.filter(area__slug__in=[HAMMERSMITH, EALING]).values_list("pk", flat=True)) == before
    assert Succession.objects.count() == 16


@pytest.mark.parametrize("command", ["load_demo", "demo_accounts", "bench"])
def test_outside_the_practice_area_there_is_nothing_of_it(command, settings):
    settings.PRACTICE = False

    with pytest.raises(CommandError, match="embedded settings"):
        call_command(command)


def test_the_benchmark_finds_its_pages_also_when_nothing_waits_for_a_signature(practice):
    version = Version.objects.get(document__area__slug="ealing", document__kind="yearly_report", status="in_sign_off")
    manager = User.objects.get(email="amina.yusuf@practice.example")

    withdrawn = services.withdraw(version=version, reason="To try the benchmark.", by=manager)

    assert withdrawn.number in {int(page.address.split("/")[6]) for page in bench.pages() if page.name == "Signing"}


def test_the_preview_is_measured_in_a_long_draft_that_is_gone_afterwards(practice):
    texts = dict(Section.objects.values_list("pk", "body"))

    told = previews.measure(3)

    print(told)
    assert re.search(r"Priorities and impact”, 8,\d{3} characters: \d", told)
    assert dict(Section.objects.values_list("pk", "body")) == texts
