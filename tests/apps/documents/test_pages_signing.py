"""Checks, sending, signing, returning, publishing, correcting, withdrawing."""

import pytest
from django.urls import reverse

from partnership.areas import services as areas
from partnership.areas.models import Basis
from partnership.areas.roles import Office
from partnership.documents import jobs, services
from partnership.documents.models import Proposal, RenditionKind, SignOff, Version
from partnership.documents.workflow import Status
from partnership.submissions.models import Recipient
from tests.apps.documents.test_pages_reading import text
from tests.apps.documents.world import SINCE, World, world  # noqa: F401  (a fixture)


def sign(
    world: World, name: str, seat: str, *, agree: bool = True, sha256: str | None = None, number: int = 1, **more: str
):
    version = world.document.versions.get(number=number)
    data = {"seen_sha256": version.sha256 if sha256 is None else sha256, "position": "approve"}
    data |= ({"agree": "on"} if agree else {}) | more
    return world.post(name, "sign", number, world.seats[seat].pk, data=data, follow=True)


def test_the_checks_list_each_failure_with_its_place(world: World) -> None:
    page = text(world.get("olu", "checks"))
    assert "Priorities and impact: write this section, or explain why it is not answered." in page
    assert f"{world.at('section', 'impact')}#id_body" in page
    world.write_everything()
    assert "Everything is ready." in text(world.get("gwen", "checks"))
    assert world.at("send") not in text(world.get("olu", "checks"))
    world.send()
    assert "has no draft at the moment" in text(world.get("gwen", "checks"))


def test_sending_is_confirmed_with_who_will_be_asked_and_done_once(world: World) -> None:
    world.write_everything()
    page = text(world.get("dev", "send"))
    assert "Westmere Council: Amina" in page and "Westmere Police: Ben" in page
    assert "The text is frozen as it stands" in page
    response = world.post("dev", "send", follow=True)
    assert "They have been asked to sign." in text(response)
    again = world.post("dev", "send", follow=True)
    assert again.status_code == 200 and "has been sent for sign-off already" in text(again)
    assert world.get("dev", "send").status_code == 409
    assert Version.objects.count() == 1


def test_sending_warns_of_a_vacant_seat(world: World) -> None:
    held = world.people["ben"].appointments.get()
    areas.end_appointment(appointment=held, until=SINCE.replace(year=2025), by=world.people["gwen"])
    assert "Westmere Police has no lead safeguarding partner today" in text(world.get("gwen", "send"))


def test_an_unfinished_draft_is_not_sent_and_the_page_lists_why(world: World) -> None:
    page = text(world.get("gwen", "send"))
    assert "Priorities and impact: write this section" in page and "<button" not in page.split("<form")[1]
    response = world.post("gwen", "send")
    assert response.status_code == 409
    assert "Priorities and impact: write this section" in text(response)
    assert world.version.status == Status.DRAFT


@pytest.mark.parametrize("name", ["amina", "olu", "femi", "sol"])
def test_only_manager_and_chair_send(world: World, name: str) -> None:
    assert world.get(name, "send").status_code == 403
    response = world.post(name, "send")
    assert response.status_code == 403
    assert "may send a document for sign-off." in text(response)


def test_the_signing_page_says_what_for_whom_what_changed_and_what_is_open(world: World) -> None:
    version = world.send()
    page = text(world.get("amina", "sign", 1, world.seats["council"].pk))
    assert "You sign as <strong>lead safeguarding partner for Westmere Council</strong>" in page
    assert "Substantive" in page and "This seat has not signed an earlier version." in page
    assert "I have read this yearly report. I approve it" in page
    assert f'value="{version.sha256}"' in page
    assert "Sign the yearly report for Westmere Council" in page
    assert world.at("return", 1, world.seats["council"].pk) in page


def test_an_explained_duty_is_named_to_the_signer(world: World) -> None:
    world.write_everything()
    section = world.version.sections.get(key="impact")
    services.save_section(
        section=section, body="", explanation="The evidence comes in October.", seen_revision=1, by=world.people["gwen"]
    )
    services.send_for_sign_off(version=world.version, by=world.people["gwen"])
    page = text(world.get("amina", "sign", 1, world.seats["council"].pk))
    assert "This is explained, not answered, in “Priorities and impact”." in page


def test_a_signature_is_given_once_and_its_page_can_be_kept(world: World) -> None:
    version = world.send()
    response = sign(world, "amina", "council")
    page = text(response)
    assert response.redirect_chain[-1][0] == world.at("signed", 1, world.seats["council"].pk)
    assert "You have signed" in page and version.sha256 in page and "14 September 2026 at 9:00am" in page
    assert "Still to sign: Westmere Police." in page
    assert "You have signed" in text(sign(world, "amina", "council"))
    assert "You have signed" in text(
        world.client("amina").get(world.at("sign", 1, world.seats["council"].pk), follow=True)
    )
    assert SignOff.objects.count() == 1
    sign(world, "ben", "police")
    assert "Every seat has signed." in text(world.get("olu", "signed", 1, world.seats["council"].pk))


def test_no_signature_without_the_tick(world: World) -> None:
    world.send()
    page = text(sign(world, "amina", "council", agree=False))
    assert "Tick the statement if you agree with it." in page
    assert SignOff.objects.count() == 0


def test_a_text_that_has_changed_is_not_signed(world: World) -> None:
    world.send()
    response = sign(world, "amina", "council", sha256="0" * 64)
    assert response.status_code == 409
    assert "The text has changed since you opened it. Read it again before you sign." in text(response)
    assert SignOff.objects.count() == 0


def test_only_the_holder_of_the_seat_signs(world: World) -> None:
    world.send()
    for name in ("ben", "gwen", "dev", "olu"):
        response = sign(world, name, "council")
        assert response.status_code == 403
        assert "holds the seat of Westmere Council today may sign for it." in text(response)
    assert sign(world, "eve", "council").status_code == 404
    assert world.get("amina", "sign", 1, 99999).status_code == 404
    assert world.get("amina", "signed", 1, world.seats["council"].pk).status_code == 404


def test_who_acts_without_leave_to_sign_does_not_sign(world: World) -> None:
    areas.appoint(
        person=world.people["femi"], area=world.area, office=Office.LSP, seat=world.seats["council"], since=SINCE,
        authority="Letter", basis=Basis.ACTING, by=None,
    )  # fmt: skip
    world.send()
    assert sign(world, "femi", "council").status_code == 403


def test_a_draft_or_returned_version_is_not_signed(world: World) -> None:
    version = world.send()
    services.return_for_changes(version=version, seat=world.seats["police"], reason="Wrong.", by=world.people["ben"])
    response = sign(world, "amina", "council")
    assert response.status_code == 409
    assert "This version is returned. It cannot be signed now." in text(response)


def test_the_second_version_tells_what_changed_since_the_one_that_was_signed(world: World) -> None:
    version = world.send()
    world.sign("amina")
    services.return_for_changes(version=version, seat=world.seats["police"], reason="Wrong.", by=world.people["ben"])
    world.send()
    page = text(world.get("amina", "sign", 2, world.seats["council"].pk))
    assert "This seat signed version 1" in page
    assert world.at("compare", 2, 1) in page


def test_a_return_needs_a_reason_and_keeps_what_was_typed(world: World) -> None:
    world.send()
    where = ("return", 1, world.seats["council"].pk)
    assert "What has to change?" in text(world.get("amina", *where))
    assert "Say what has to change" in text(world.post("amina", *where, data={"reason": "  "}))
    long = "Too long. " * 500
    assert long.strip() in text(world.post("amina", *where, data={"reason": long}))
    response = world.post("amina", *where, data={"reason": "Page 3 is wrong."}, follow=True)
    assert "Version 1 is returned. Version 2 continues from its text." in text(response)
    again = world.post("amina", *where, data={"reason": "Page 3 is wrong."}, follow=True)
    assert "Version 1 has been returned already." in text(again)
    assert Version.objects.count() == 2


def test_a_return_by_somebody_else_or_too_late_is_refused(world: World) -> None:
    world.published()
    where = ("return", 1, world.seats["council"].pk)
    assert world.get("gwen", *where).status_code == 403
    assert world.get("eve", *where).status_code == 404
    assert world.post("amina", *where, data={"reason": "Late."}).status_code == 409


def test_publishing_is_proposed_with_address_and_recipients_and_confirmed_by_another_once(world: World) -> None:
    world.signed()
    page = text(world.get("dev", "publish", 1))
    assert reverse("public:document", args=["westmere", "yearly-report/2025-26"]) in page
    assert all(body.name in page and body.address in page for body in Recipient.objects.filter(valid_until=None))
    assert "Propose to publish the yearly report" in page
    assert "Select when it is to be published." in text(world.post("dev", "publish", 1))
    proposed = text(world.post("dev", "publish", 1, data={"when": "now"}, follow=True))
    assert "It is proposed." in proposed and "As soon as a second person confirms it" in proposed
    row = Proposal.objects.get()
    again = world.post("gwen", "publish", 1, data={"when": "now"}, follow=True)
    assert again.redirect_chain == [(world.at("proposal", 1, row.pk), 302)]
    assert world.post("dev", "proposal", 1, row.pk, data={"outcome": "agreed"}).status_code == 403
    assert world.version.status == Status.SIGNED
    confirmed = text(world.post("gwen", "proposal", 1, row.pk, data={"outcome": "agreed"}, follow=True))
    assert "You agreed. It is done" in confirmed
    assert world.version.status == Status.PUBLISHED
    assert "has been published already" in text(world.post("gwen", "publish", 1, follow=True))
    assert world.get("gwen", "publish", 1).status_code == 409


def test_nothing_is_published_without_the_final_pdf(world: World) -> None:
    world.signed(with_pdf=False)
    page = text(world.get("gwen", "publish", 1))
    assert "The final PDF is still being made." in page and "<button" not in page.split("<form")[1]
    assert world.post("gwen", "publish", 1, data={"when": "now"}).status_code == 409
    assert world.version.status == Status.SIGNED


def test_publishing_by_others_or_too_early_is_refused(world: World) -> None:
    assert world.post("gwen", "publish", 1).status_code == 409
    for name in ("amina", "femi", "olu"):
        response = world.post(name, "publish", 1)
        assert response.status_code == 403 and "may propose to publish." in text(response)


def test_a_correction_is_declared_and_begun_once_from_what_is_published(world: World) -> None:
    assert world.post("gwen", "correct").status_code == 409
    world.published()
    assert world.get("amina", "correct").status_code == 403
    assert "What is published stays public" in text(world.get("gwen", "correct"))
    assert "Select whether the correction is clerical or material." in text(world.post("gwen", "correct"))
    said = {"nature": "clerical", "reason": "A name was misspelt."}
    assert "A new version is begun." in text(world.post("gwen", "correct", data=said, follow=True))
    assert "has been begun already" in text(world.post("gwen", "correct", data=said, follow=True))
    assert Version.objects.count() == 2


def test_a_new_version_after_a_withdrawal_claims_nothing_public_and_is_begun_once(world: World) -> None:
    services.withdraw(version=world.version, reason="Begun too early.", by=world.people["gwen"])
    page = text(world.post("gwen", "correct", follow=True))
    assert "A new version is begun. It continues from the withdrawn text." in page
    assert "stays public" not in page
    assert "has been begun already" in text(world.post("gwen", "correct", follow=True))


def test_a_withdrawal_needs_a_reason_and_is_done_once(world: World) -> None:
    assert world.get("femi", "withdraw", 1).status_code == 403
    assert "Say why it is withdrawn." in text(world.post("gwen", "withdraw", 1, data={"reason": ""}))
    response = world.post("gwen", "withdraw", 1, data={"reason": "Begun by mistake."}, follow=True)
    assert "Version 1 is withdrawn." in text(response)
    again = world.post("gwen", "withdraw", 1, data={"reason": "Begun by mistake."}, follow=True)
    assert again.status_code == 200 and "has been withdrawn already" in text(again)
    assert world.get("gwen", "withdraw", 1).status_code == 409


def test_what_could_point_at_one_child_is_asked_about_before_sending_and_before_publishing(world: World) -> None:
    world.write_everything()
    world.write("voice", "We lost sight of two children in W6 9JU.")
    asked = "Could somebody know from it which child is meant?"
    page = text(world.get("gwen", "send"))
    assert "a number under five beside children or families" in page and "a whole postcode" in page and asked in page
    assert "W6 9JU" not in page
    services.send_for_sign_off(version=world.version, by=world.people["gwen"])
    jobs.render(world.sign("amina", "ben"), RenditionKind.FINAL)
    page = text(world.get("gwen", "publish", 1))
    assert asked in page and "W6 9JU" not in page
