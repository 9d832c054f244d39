"""Every page of the service, as each office sees it, wide and at 320 pixels: no rule of WCAG broken, nothing cut off."""

from collections.abc import Iterator
from itertools import groupby

import pytest
from django.conf import settings
from django.urls import URLResolver, get_resolver
from playwright.sync_api import Page

from partnership.documents.kinds import address_of
from partnership.guidance.financial_years import FinancialYear
from tests import worlds
from tests.browser import (
    after_publication_places,
    calendar_places,
    coming_back_places,
    evidence_places,
    living_places,
    office_places,
    operations_places,
    places,
    second_person_places,
    statutory_places,
)
from tests.browser.looking import PHONE, WIDE, faults, keep_picture, let_in
from tests.browser.places import Place
from tests.night import IS_NIGHT
from tests.places import Places

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# What is not a page, each with its reason.
FILES = {
    "companions:file", "public:companion_pdf",
    "api-document", "api-documents", "api-schema", "areas:members_template", "areas:people_csv", "areas:people_xlsx",
    "calendars:read", "deadlines:calendar", "documents:pdf", "documents:picture", "documents:scan",
    "areas:instrument", "counts:csv",
    "funding:csv", "healthz", "mfa_download_recovery_codes", "practice:attachment", "public:content", "public:evidence",
    "public:pdf", "public:latest", "public:edition_pdf", "public:edition_content", "public:edition_evidence",
    "public:edition_picture",
    "submissions:attached", "submissions:receipt",
    "public:day_content", "public:day_signature",
    "public:docx", "public:page", "public:picture", "readyz", "robots", "sitemap", "sitemap_part",
    "word:docx", "word:earlier_file", "word:earlier_picture", "word:file", "word:html", "word:json", "word:picture",
}  # fmt: skip
ACTS = {
    "calendars:revoke", "notices_read",
    "carrying:confirm", "companions:publish", "contributions:forget", "contributions:keep",
    "accounts:discard", "accounts:stay", "areas:drop_agency", "areas:lift", "areas:remove_turn", "areas:tick",
    "areas:ask_sign_in", "areas:confirm_factor_reset", "areas:invite_again", "arrangements:tell_again",
    "arrangements:tell_named_since", "impact:look_again", "impact:remove_evidence", "impact:remove_little_progress",
    "impact:remove_priority", "impact:take_back_acceptance", "impact:unmark", "documents:confirm_answer",
    "documents:end_share", "documents:stop_release",
    "documents:take_back_explanation", "documents:take_back_unsigned", "documents:unmark", "drafting:forget",
    "drafting:hand_in", "drafting:keep", "drafting:recover", "practice:move", "practice:run_due",
    "briefings:acknowledge", "deadlines:end_cycle", "deadlines:resume",
    "deadlines:switch_on",
    "submissions:acknowledge", "submissions:send_again", "submissions:settle",
    "submissions:acknowledge_reply", "submissions:send_anew",
}  # fmt: skip
CLOSED = {
    "account_confirm_email", "account_confirm_login_code", "account_email", "account_email_verification_sent",
    "account_signup",
}  # fmt: skip
ORGANISATIONS = {  # seen on the way through an organisation's sign-in, in test_organisation.py
    "accounts:accept_by_organisation", "accounts:add_identity", "accounts:answer", "accounts:identities",
    "accounts:remove_identity", "accounts:start",
}  # fmt: skip
LEADS_ON = {  # to another page, for everybody whom this walk knows
    "account_reset_password_from_key",  # needs the link of a letter; its form is that of the invitation
    "account_set_password",  # everybody has one
    "account_reauthenticate",  # everybody has a second factor, and a password confirms nothing then
    "mfa_login_webauthn",  # takes what the sign-in page sends
}


def drafting(stage: places.Stage, more: dict) -> list[Place]:
    kept, paid = more["kept"], more["paid"]
    page, area = stage.page, stage.area
    year = FinancialYear(paid.start_year).label
    return [
        area("gwen", "documents:documents"),
        area("gwen", "documents:begin", "yearly-report"),
        page("gwen", "documents:document"),
        page("gwen", "documents:section", "year_at_a_glance", query="?preview=yes"),
        page("gwen", "documents:section", "training"),
        page("dev", "documents:section", "foreword", query=f"?kept={kept.pk}"),
        page("dev", "documents:text", "foreword", kept.pk),
        page("gwen", "documents:answers", "year_at_a_glance", query="?also=YR-02"),
        page("gwen", "documents:answers", "training"),
        page("gwen", "documents:edition"),
        page("gwen", "drafting:owners"),
        page("amina", "drafting:owners"),
        page("gwen", "drafting:hand_back", more["handed_in"].pk),
        Place(stage.world.dev, "my_sections"),
        Place(stage.world.amina, "my_sections"),
        page("amina", "drafting:comments"),
        page("gwen", "drafting:comment", 1),
        page("femi", "drafting:passages", "year_at_a_glance"),
        page("femi", "drafting:raise", "year_at_a_glance", more["passage"].key),
        page("gwen", "documents:requirements"),
        page("amina", "documents:requirements", query="?level=must"),
        page("dev", "documents:requirement", "YR-01"),
        page("gwen", "documents:requirement", "YR-12"),
        page("amina", "documents:requirement", "YR-12"),
        page("gwen", "impact:impact"),
        page("eve", "impact:impact"),
        page("amina", "impact:impact"),
        page("gwen", "impact:section", "year_at_a_glance"),
        page("gwen", "impact:section", "training"),
        *(page(who, "impact:claim", claim.pk) for who in ("gwen", "amina") for claim in more["claims"]),
        page("gwen", "impact:none_yet", more["claims"][-1].pk),
        page("gwen", "impact:add_evidence", more["claims"][0].pk),
        page("dev", "impact:evidence", more["evidence"].pk),
        page("gwen", "impact:add_priority"),
        page("gwen", "impact:priority", more["priorities"][0].pk),
        *(page("dev", "impact:little_progress", priority.pk) for priority in more["priorities"]),
        page("eve", "impact:accept"),
        page("gwen", "documents:preview"),
        page("gwen", "documents:pictures"),
        page("gwen", "documents:picture_edit", 1),
        page("gwen", "documents:picture_remove", 1),
        page("gwen", "word:imports"),
        page("gwen", "word:import", more["word"].pk),
        page("gwen", "word:remove", more["word"].pk),
        page("amina", "word:imports", status=403),
        area("gwen", "word:earlier"),
        area("gwen", "word:upload_earlier", "yearly-report"),
        area("gwen", "word:earlier_document", more["earlier"].pk),
        area("amina", "word:earlier_document", more["earlier"].pk),
        page("gwen", "documents:checks"),
        page("gwen", "documents:send"),
        page("gwen", "documents:withdraw", 1),
        page("gwen", "documents:version", 1),
        page("femi", "scrutiny:challenges"),
        page("femi", "scrutiny:raise"),
        page("dev", "scrutiny:challenges"),
        page("dev", "scrutiny:answer", 1),
        page("femi", "scrutiny:close", 2),
        page("femi", "scrutiny:statement"),
        page("femi", "scrutiny:write", query="?preview=yes"),
        page("femi", "scrutiny:give"),
        page("gwen", "scrutiny:statement"),
        page("gwen", "companions:companions"),
        page("gwen", "contributions:rooms"),
        page("gwen", "contributions:ask"),
        page("gwen", "contributions:room", 2),
        page("gwen", "contributions:take", 2),
        page("gwen", "contributions:hand_back", 2),
        page("gwen", "contributions:without", 1),
        page("gwen", "contributions:write", 1, status=403),
        page("eve", "contributions:room", 1),
        page("eve", "contributions:room", 3),
        page("eve", "contributions:write", 1, query="?preview=yes"),
        page("cerys", "contributions:write", 1, query=f"?kept={more['aside'].pk}"),
        page("cerys", "contributions:text", 1, more["aside"].pk),
        page("eve", "contributions:release", 1),
        page("eve", "contributions:take_back", 2),
        area("gwen", "funding:years"),
        area("gwen", "funding:year", year),
        area("gwen", "funding:add_contribution", year),
        area("gwen", "funding:correct_contribution", year, paid.pk),
        area("gwen", "funding:remove_contribution", year, paid.pk),
        area("gwen", "funding:add_spending", year),
        area("gwen", "funding:correct_spending", year, more["spent"].pk),
        area("gwen", "funding:remove_spending", year, more["spent"].pk),
        area("gwen", "funding:check_printed_total", year),
        area("amina", "funding:year", year),
        area("gwen", "counts:years"),
        area("gwen", "counts:year", year),
        area("gwen", "counts:add_count", year),
        area("gwen", "counts:correct_count", year, more["count"].pk),
        area("gwen", "counts:remove_count", year, more["count"].pk),
        area("gwen", "counts:add_attendance", year),
        area("gwen", "counts:correct_attendance", year, more["attendance"].pk),
        area("gwen", "counts:remove_attendance", year, more["attendance"].pk),
        area("amina", "counts:year", year),
        area("gwen", "areas:area"),
        area("gwen", "areas:people"),
        area("gwen", "areas:import_members"),
        area("gwen", "areas:import_preview", more["list"].pk),
        area("gwen", "areas:import_preview", more["recorded"].pk),
        area("gwen", "areas:timeline"),
        area("gwen", "deadlines:duties"),
        area("gwen", "deadlines:duty", stage.document.duties.get().pk),
        area("gwen", "briefings:briefings"),
        area("gwen", "briefings:briefing", "wt2026"),
        area("amina", "briefings:briefing", "nf2026"),
        Place(stage.world.gwen, "briefings:editions"),
        Place(stage.world.gwen, "briefings:edition", ("wt2026",)),
        Place(stage.world.gwen, "briefings:edition", ("nf2026",)),
        Place(stage.world.gwen, "briefings:history"),
        Place(stage.world.gwen, "briefings:compare"),
        Place(stage.world.gwen, "briefings:compare", query="?editions=nf2023..nf2026&document=yearly_report"),
        Place(stage.world.gwen, "briefings:compare", query="?editions=wt2026..wt2018"),
        area("harry", "areas:area", status=404),
        page("amina", "documents:document"),
        page("amina", "documents:send", status=403),
        page("amina", "documents:section", "foreword"),
        *(Place(stage.world.people[who], "home") for who in ("amina", "dev", "eve", "femi", "gwen", "harry", "ines")),
    ]


def signing(stage: places.Stage) -> list[Place]:
    page, health, council = stage.page, stage.world.health.pk, stage.world.council.pk
    return [
        Place(stage.world.ben, "home"),
        page("ben", "documents:document"),
        page("ben", "documents:version", 2),
        page("ben", "documents:compare", 2, 1),
        page("amina", "documents:sign", 2, council),
        page("ben", "documents:return", 2, health),
        page("cerys", "documents:signed", 2, stage.world.police.pk),
        page("amina", "documents:signed", 1, council),
        page("gwen", "documents:version", 1),
        page("gwen", "impact:impact"),
        page("gwen", "impact:accept", status=403),
        page("gwen", "documents:send", status=409),
        page("gwen", "documents:checks"),
        page("gwen", "documents:pictures"),
    ]


def published(stage: places.Stage, submissions: list) -> list[Place]:
    accepted, refused = submissions
    page, area = stage.page, stage.area
    return [
        Place(None, "public:checked", (stage.version.sha256,)),
        Place(None, "public:checked", ("0" * 64,)),
        Place(stage.world.gwen, "home"),
        page("gwen", "documents:document"),
        page("gwen", "documents:correct"),
        area("gwen", "submissions:register"),
        area("gwen", "submissions:recipients"),
        area("gwen", "submissions:submission", accepted.pk),
        area("gwen", "submissions:submission", refused.pk),
        area("gwen", "deadlines:duty", stage.document.duties.get().pk),
        area("gwen", "areas:timeline"),
        Place(None, "public:areas"),
        Place(None, "public:areas", query="?q=nowhere"),
        area(None, "public:area"),
        page(None, "public:document"),
        page(None, "public:section", "year_at_a_glance"),
        page(None, "public:section", "training"),
    ]


def across(made: Places) -> list[Place]:
    """The desk, and the frame of who serves many areas."""
    old = made.areas[-1].slug
    return [
        *(Place(made.person(who), "home") for who in ("amina", "gwen", "sana")),
        *(Place(made.person(who), "desk") for who in ("amina", "gwen", "dev")),
        Place(made.person("gwen"), "desk", query="?section=waiting&q=shire-3&sort=area"),
        Place(made.person("gwen"), "desk", query="?q=nowhere"),
        Place(made.person("gwen"), "areas:area", (old,)),
        Place(made.person("gwen"), "areas:people", (made.area.slug,)),
        Place(None, "public:area", (old,)),
    ]


def told(stage: places.Stage, more: dict) -> list[Place]:
    page = stage.page
    return [
        page("gwen", "documents:document"),
        page("gwen", "documents:shares"),
        page("amina", "documents:shares", status=403),
        page("gwen", "arrangements:notices"),
        page("amina", "arrangements:notices"),
        page("gwen", "arrangements:record", more["seat"]),
        *(Place(None, "arrangements:acknowledge", (more[which],)) for which in ("open", "done", "old")),
        Place(None, "arrangements:acknowledge", ("never-was",), status=404),
        Place(more["reader"], "home"),
        Place(more["reader"], "documents:document", (stage.world.area.slug, "arrangements/2026")),
    ]


def carried(stage: places.Stage) -> list[Place]:
    page, area = stage.page, stage.area
    return [
        area("gwen", "documents:begin", "arrangements"),
        area("gwen", "carrying:roll", "arrangements", query="?period=2026"),
        page("gwen", "documents:document"),
        page("gwen", "documents:section", "year_at_a_glance"),
        page("gwen", "documents:checks"),
        page("dev", "carrying:carried"),
        page("dev", "carrying:section", "year_at_a_glance"),
        page("amina", "carrying:section", "training"),
        page("femi", "scrutiny:challenges"),
    ]


def beside(stage: places.Stage, more: dict) -> list[Place]:
    where = (stage.world.area.slug, address_of(stage.document))
    return [
        stage.page("gwen", "companions:companions"),
        stage.page("dev", "companions:companions"),
        stage.page("dev", "companions:agree", more["waiting"]),
        stage.page("gwen", "companions:read", more["waiting"]),
        Place(None, "public:document", where),
        Place(None, "public:companion", (*where, "children")),
    ]


def for_everybody() -> list[Place]:
    names = [
        "account_login", "account_inactive", "account_reset_password", "account_reset_password_done",
        "account_reset_password_from_key_done", "web:accessibility", "practice:people", "accounts:organisations",
        "public:check",
    ]  # fmt: skip
    return [Place(None, name) for name in names]


def for_one(user) -> list[Place]:
    names = [
        "accounts:kept", "practice:clock", "practice:mailbox", "web:components", "account_change_password", "account_logout",
    ]  # fmt: skip
    return [*(Place(user, name) for name in names), Place(user, "practice:message", (places.LETTER,))]


def problems(opened, wanted: list[Place]) -> Iterator[str]:
    """What is wrong with these pages, each opened once by its person."""
    order = sorted(wanted, key=lambda place: place.who.pk if place.who else 0)
    page = opened(viewport=WIDE)
    for who, theirs in groupby(order, key=lambda place: place.who):
        forget(page)
        if who:
            let_in(page, who)
        for number, place in enumerate(theirs):
            page.set_viewport_size(WIDE)
            answer = page.goto(place.href)
            if answer.status != place.status:
                yield f"{place.href} answers {answer.status}, not {place.status}, to {who}"
                continue
            for size in (WIDE, PHONE):
                page.set_viewport_size(size)
                keep_picture(page, f"{place.href.strip('/').replace('/', '.') or 'home'}-{who}-{size['width']}")
                # What is there on a phone alone, as its menu, is the same on every page of a person: it is asked once.
                again = size == PHONE and number > 0 and not IS_NIGHT
                yield from (
                    f"{place.href} at {size['width']} for {who}: {fault}"
                    for fault in faults(page, colours=size == WIDE, layout_alone=again)
                )


def forget(page: Page) -> None:
    """The next person sits down at the same browser, which knows nothing of the last but styles, scripts and letters."""
    page.context.clear_cookies()
    if page.url != "about:blank":
        page.evaluate("localStorage.clear(); sessionStorage.clear()")


def test_every_page_is_accessible_and_fits_at_both_widths(opened, relay, settings):
    places.mailbox(settings.DATA_DIR)
    # First, while there is hardly another area: what is queued or due anywhere is sent and told of on their way.
    began = [*coming_back_places.coming_back(relay), *calendar_places.pages()]
    stage, more = places.drafting()
    signed, corrected = places.signed(), places.corrected()
    wanted = [
        *began,
        *drafting(stage, more),
        *signing(places.signing()),
        Place(signed.world.gwen, "home"),
        *published(*places.public(relay)),
        corrected.page(None, "public:changes"),
        corrected.page(None, "public:document"),
        corrected.page(None, "public:edition", 1),
        *across(places.many()),
        *told(*places.told()),
        *carried(places.carried()),
        *beside(*places.beside()),
        *for_everybody(),
        *for_one(stage.world.gwen),
        places.invitation(worlds.person("Jo"), stage.world.area),
        *office_places.offices(),
        *living_places.pages(),
        *statutory_places.pages(),
        *second_person_places.waiting(),
        *second_person_places.decided(),
        *after_publication_places.after_publication(),
        *evidence_places.pages(),
        *operations_places.pages(),
    ]

    found = list(problems(opened, wanted))
    assert not found, "\n".join(found)
    assert (
        names() - {place.name for place in wanted} == FILES | ACTS | CLOSED | LEADS_ON | OF_AN_ACCOUNT | ORGANISATIONS
    )


# Each is opened, at both widths, on the ways of tests/browser/test_signing_in.py: most are there only once something is set up.
OF_AN_ACCOUNT = {
    "accounts:second_factor", "mfa_activate_totp", "mfa_add_webauthn", "mfa_authenticate", "mfa_deactivate_totp",
    "mfa_edit_webauthn", "mfa_generate_recovery_codes", "mfa_index", "mfa_list_webauthn", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_view_recovery_codes",
}  # fmt: skip


def names() -> set[str]:
    """Every named address of the service."""

    def walk(resolver: URLResolver, space: str) -> Iterator[str]:
        for row in resolver.url_patterns:
            if isinstance(row, URLResolver):
                yield from walk(row, f"{space}{row.namespace}:" if row.namespace else space)
            else:
                yield f"{space}{row.name}"

    assert settings.PRACTICE
    return set(walk(get_resolver(), ""))
