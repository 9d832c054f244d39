"""The editions that the service holds: complete, cited, honest about what has been read, and found by period."""

from datetime import date

import pytest

from partnership.guidance import loader, vocabulary
from partnership.guidance.loader import edition, edition_for, edition_in_force, editions, newer_edition_note
from partnership.guidance.vocabulary import EditionError, Level

WORKING_TOGETHER = ("wt2018", "wt2023", "wt2026")
SINCE_2023 = ("budget", "thresholds")  # what lead safeguarding partners sign beside the two documents of 2018
HELD = [
    (key, document)
    for key in WORKING_TOGETHER
    for document in vocabulary.DOCUMENTS
    if (key, document) not in {("wt2018", one) for one in SINCE_2023}
]
YEARLY_REPORT_2023 = [f"YR-{n:02}" for n in range(1, 24) if n != 21]
ARRANGEMENTS_2023 = [f"ARR-{n:02}" for n in (*range(1, 27), 31)]
EVERY_RULE = [
    pytest.param(each, rule, id=f"{each.key}-{n}") for each in editions() for n, rule in enumerate(each.rules)
]


def ids(key, document):
    return [rule.id for rule in edition(key).requirements_for(document)]


def test_the_editions_come_oldest_first():
    assert [each.key for each in editions()] == ["wt2018", "nf2023", "wt2023", "nf2026", "wt2026"]


def test_the_2023_edition_holds_every_row_of_the_catalogue():
    assert ids("wt2023", "yearly_report") == YEARLY_REPORT_2023
    assert ids("wt2023", "arrangements") == ARRANGEMENTS_2023


def test_the_2026_edition_adds_to_the_2023_edition_and_drops_nothing():
    yearly_report = set(ids("wt2026", "yearly_report")) - set(YEARLY_REPORT_2023)
    arrangements = set(ids("wt2026", "arrangements")) - set(ARRANGEMENTS_2023)

    assert yearly_report == {"YR-21"}
    assert arrangements == {"ARR-27", "ARR-28", "ARR-29", "ARR-30"}
    assert set(YEARLY_REPORT_2023 + ARRANGEMENTS_2023) <= {rule.id for rule in edition("wt2026").requirements}


@pytest.mark.parametrize(("each", "rule"), EVERY_RULE)
def test_every_rule_names_a_source_and_valid_evidence(each, rule):
    assert rule.source
    assert set(rule.evidence_codes) <= set(vocabulary.EVIDENCE)


@pytest.mark.parametrize(("each", "rule"), EVERY_RULE)
def test_a_rule_known_or_inferred_in_any_part_is_never_confirmed(each, rule):
    unread = {"K", "I"} & set(rule.evidence_codes)

    assert rule.confirmed is (not unread)
    assert (rule.standing == "Confirmed in the source named.") <= rule.confirmed


@pytest.mark.parametrize(("each", "rule"), EVERY_RULE)
def test_what_is_carried_over_is_never_confirmed(each, rule):
    assert not (rule.carried_from and rule.confirmed)


@pytest.mark.parametrize("key", WORKING_TOGETHER)
def test_no_source_gives_a_paragraph_of_working_together(key):
    for rule in edition(key).rules:
        assert "paragraph" not in rule.source


@pytest.mark.parametrize("key", WORKING_TOGETHER)
@pytest.mark.parametrize("document", vocabulary.DOCUMENTS)
def test_a_section_is_required_exactly_when_it_carries_more_than_local_choice(key, document):
    for section in edition(key).sections_for(document):
        asked = any(rule.binds and rule.level is not Level.LOCAL for rule in section.requirements)
        assert section.required is asked, section.key


@pytest.mark.parametrize("key", WORKING_TOGETHER)
def test_every_requirement_is_in_its_section_or_about_the_whole_document(key):
    held = [rule for section in edition(key).sections for rule in section.requirements]
    whole = [rule for rule in edition(key).requirements if not rule.section]

    assert len(held) + len(whole) == len(edition(key).requirements)
    assert {rule.id for rule in whole} <= {
        "YR-03",
        "YR-04",
        "YR-22",
    }  # the last is the scrutineer's, who writes in no section


@pytest.mark.parametrize(("key", "document"), HELD)
def test_each_lead_safeguarding_partner_signs(key, document):
    (signatory,) = edition(key).signatories_for(document)

    assert (signatory.role, signatory.one_per) == ("lsp", "statutory_seat")


@pytest.mark.parametrize("document", SINCE_2023)
def test_the_edition_of_2018_asks_nothing_of_the_budget_and_the_threshold_document(document):
    old = edition("wt2018")

    assert not (old.sections_for(document) or old.requirements_for(document) or old.signatories_for(document))
    with pytest.raises(EditionError, match="No edition of guidance held here covers"):
        edition_for(document, date(2023, 4, 1), date(2024, 3, 31))


@pytest.mark.parametrize("document", SINCE_2023)
def test_what_is_read_by_one_person_or_put_here_by_us_is_to_be_confirmed(document):
    for key in ("wt2023", "wt2026"):
        rows = (*edition(key).requirements_for(document), *edition(key).signatories_for(document))
        assert {row.state for row in rows} == {"to_be_confirmed"}
        assert all(row.note for row in rows)


@pytest.mark.parametrize("document", SINCE_2023)
def test_sections_that_are_common_practice_say_so(document):
    held = edition("wt2023").sections_for(document)
    free = [section for section in held if not section.requirements]

    assert free
    assert {section.source for section in free} == {"Common practice in published documents; not required by guidance"}
    assert [section.key for section in held] == [section.key for section in edition("wt2026").sections_for(document)]


@pytest.mark.parametrize(
    ("document", "start", "key"),
    [
        ("budget", date(2024, 4, 1), "wt2023"),
        ("budget", date(2025, 4, 1), "wt2023"),
        ("budget", date(2026, 4, 1), "wt2026"),
        ("thresholds", date(2026, 1, 1), "wt2023"),
        ("thresholds", date(2027, 1, 1), "wt2026"),
    ],
)
def test_a_budget_and_a_threshold_document_belong_to_the_edition_of_their_first_day(document, start, key):
    assert edition_for(document, start).key == key


def test_the_yearly_report_of_2023_goes_to_two_bodies_and_closes_by_three_facts():
    recipients = {recipient.party: recipient.address for recipient in edition("wt2023").recipients_for("yearly_report")}

    assert recipients == {
        "national_panel": "nationalreviewpanel@education.gov.uk",
        "foundations": "policy@foundations.org.uk",
    }
    deadline = edition("wt2023").deadline("yearly_report")
    assert deadline.facts == ("published", "submitted:national_panel", "submitted:foundations")
    assert deadline.remind_days_before == (120, 60, 30, 14, 7, 1)
    assert deadline.confirmed


def test_the_2018_edition_has_no_date_in_the_year_but_twelve_months_at_most():
    assert edition("wt2018").deadlines_for("yearly_report") == ()
    assert [backstop.months for backstop in edition("wt2018").backstops] == [12]


def test_an_edition_and_a_level_can_be_named_on_screen():
    assert edition("wt2023").source.startswith("Department for Education, Supporting local areas")
    assert [level.label for level in Level] == [
        "Must",
        "Should",
        "Expected by the Department for Education",
        "Decided locally",
    ]


def test_the_plan_back_from_the_date_is_advice_and_not_law():
    for step in edition("wt2023").deadline("yearly_report").milestones:
        assert step.standing == "Advice, not law."


def test_what_is_not_commenced_is_coming_and_binds_nobody():
    coming = [rule for rule in edition("wt2026").requirements if rule.is_coming]

    assert [rule.id for rule in coming] == ["ARR-28", "ARR-29"]
    assert not any(rule.binds for rule in coming)
    assert {rule.standing for rule in coming} == {"Coming: enacted, not yet in force."}


def test_the_use_of_restraint_is_asked_only_where_there_is_a_secure_establishment():
    rule = edition("wt2023").requirement("YR-18")

    assert rule.condition == "secure_establishment"
    assert not rule.binds


def test_regard_to_the_national_framework_became_a_must_in_2026():
    assert edition("wt2023").requirement("ARR-26").level is Level.SHOULD
    assert edition("wt2026").requirement("ARR-26").level is Level.MUST


def test_the_yearly_report_sections_follow_the_usual_order():
    assert [section.key for section in edition("wt2023").sections_for("yearly_report")] == [
        "foreword",
        "year_at_a_glance",
        "local_context",
        "governance",
        "impact",
        "learning_from_reviews",
        "audits_and_data",
        "training",
        "voice",
        "education",
        "scrutiny",
        "little_or_no_progress",
        "funding",
        "arrangements_and_reforms",
        "next_year",
    ]


def test_a_section_names_the_sources_of_its_requirements_once():
    section = edition("wt2023").section("yearly_report", "learning_from_reviews")

    assert section.requirement_ids == ("YR-07", "YR-11", "YR-19")
    assert section.source.count("Third-party summary of Working Together") == 1
    assert edition("wt2023").section("yearly_report", "foreword").source.startswith("Common practice")


def test_outcomes_are_joined_by_key_because_two_numbers_changed_places():
    numbers = {
        key: {row.key: row.number for row in edition(key).outcomes if row.kind == "outcome"}
        for key in ("nf2023", "nf2026")
    }

    assert numbers["nf2023"] == {"help": 1, "family_network": 2, "safety": 3, "care": 4}
    assert numbers["nf2026"] == {"help": 1, "safety": 2, "family_network": 3, "care": 4}
    enablers = {row.key for row in edition("nf2026").outcomes if row.kind == "enabler"}
    assert enablers == {"multi_agency", "leadership", "workforce"}


@pytest.mark.parametrize(
    ("start", "end", "key"),
    [
        (date(2022, 4, 1), date(2023, 3, 31), "wt2018"),
        (date(2023, 4, 1), date(2024, 3, 31), "wt2023"),
        (date(2025, 4, 1), date(2026, 3, 31), "wt2023"),
        (date(2026, 4, 1), date(2027, 3, 31), "wt2026"),
        (date(2026, 4, 1), date(2026, 6, 30), "wt2026"),
    ],
)
def test_a_yearly_report_belongs_to_the_edition_of_its_period(start, end, key):
    assert edition_for("yearly_report", start, end).key == key


@pytest.mark.parametrize(
    ("takes_effect", "key"),
    [
        (date(2019, 9, 29), "wt2018"),
        (date(2025, 1, 1), "wt2023"),
        (date(2026, 3, 17), "wt2023"),
        (date(2026, 3, 18), "wt2026"),
    ],
)
def test_arrangements_belong_to_the_edition_of_the_day_they_take_effect(takes_effect, key):
    assert edition_for("arrangements", takes_effect).key == key


def test_a_period_before_the_first_edition_is_refused_with_a_sentence():
    with pytest.raises(EditionError, match="No edition of guidance held here covers a yearly report from 1 April 2016"):
        edition_for("yearly_report", date(2016, 4, 1), date(2017, 3, 31))


def test_a_kind_of_document_that_nobody_knows_is_refused():
    with pytest.raises(EditionError, match="called “minutes”"):
        edition_for("minutes", date(2025, 4, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("day", "key"), [(date(2023, 12, 14), "wt2018"), (date(2023, 12, 15), "wt2023"), (date(2026, 3, 18), "wt2026")]
)
def test_the_edition_in_force_changes_on_its_day(day, key):
    assert edition_in_force(day).key == key


def test_no_edition_was_in_force_before_the_first():
    with pytest.raises(EditionError, match="in force on 1 January 2017"):
        edition_in_force(date(2017, 1, 1))


def test_a_newer_edition_is_told_from_its_day_on():
    held, end = edition("wt2023"), date(2026, 3, 31)

    assert newer_edition_note(held, end, date(2026, 3, 17)) == ""
    assert newer_edition_note(held, end, date(2026, 9, 14)) == (
        "Working Together 2026 was published on 18 March 2026. This document is assessed against "
        "Working Together 2023, the edition that applies to a period ending on 31 March 2026."
    )
    assert newer_edition_note(edition("wt2026"), date(2027, 3, 31), date(2027, 9, 1)) == ""


def test_an_unknown_edition_section_or_requirement_is_refused_with_a_sentence():
    with pytest.raises(EditionError, match="called “wt1999”"):
        edition("wt1999")
    with pytest.raises(EditionError, match="Working Together 2023 holds nothing with the key “poetry”"):
        edition("wt2023").section("yearly_report", "poetry")
    with pytest.raises(EditionError, match="the id “YR-99”"):
        edition("wt2023").requirement("YR-99")


def test_the_files_are_read_once():
    assert loader.editions() is loader.editions()
