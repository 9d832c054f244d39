"""A partner who does not sign, and acts that take two persons: who may, what follows, and what the database refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.accounts.confirming import LATELY, Proof
from partnership.documents import canonical, certificate, deciding, jobs, selectors, services
from partnership.documents.models import Act, Proposal, SignOff, Unsigned, Version
from partnership.documents.workflow import Status
from partnership.errors import Conflict, Incomplete, NotAllowed, WrongState
from partnership.living import clerical
from partnership.living import services as living
from partnership.mail.models import OutgoingMail
from tests import told as telling
from tests import worlds
from tests.apps.documents.not_signing import all_but_the_police, not_given, refuse, settled
from tests.apps.living.published import replaced

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return worlds.area_with_its_cast()


@pytest.fixture
def version(world):
    return worlds.in_sign_off(world)


def told(purpose):
    return telling.whom(purpose)


def test_a_reservation_is_kept_with_the_signature_and_everybody_is_told(world, version):
    services.sign(
        version=version, seat=world.council, seen_sha256=version.sha256, by=world.amina, proof=worlds.proof(),
        reservation=" We pay less than it says. ",
    )  # fmt: skip
    row = next(row for row in certificate.signatures(version) if row["at"])
    assert (row["position"], row["reservation"]) == ("Approved with a reservation", "We pay less than it says.")
    assert {world.cerys.email, world.gwen.email, world.dev.email} <= told("reserved")
    assert "We pay less" not in telling.of("reserved").first().text
    with pytest.raises(WrongState, match="Write your reservation"):
        services.sign(
            version=version, seat=world.health, seen_sha256=version.sha256, by=world.ben, proof=worlds.proof(),
            reservation=" ",
        )  # fmt: skip


@pytest.mark.parametrize("minutes", [-1, 11])
def test_nobody_signs_whose_proof_is_old_or_of_tomorrow(world, version, minutes):
    proof = Proof("A passkey", clock.now() - timedelta(minutes=minutes))
    with pytest.raises(WrongState, match="Confirm with your second factor"):
        services.sign(version=version, seat=world.council, seen_sha256=version.sha256, by=world.amina, proof=proof)


def test_a_signature_says_how_its_signer_was_known_and_which_wording_they_ticked(world, version):
    worlds.sign(version, world.council, world.amina)
    row = SignOff.objects.get()
    assert (row.proved_by, row.wording) == ("A code from an app", "yearly-report 1")
    assert row.proved_at


def test_a_refusal_is_said_to_everybody_and_asks_the_partner_no_more(world, version):
    assert selectors.waiting_for_signature_of(world.cerys).exists()
    refusal = refuse(version, world.police, world.cerys)
    assert refuse(version, world.police, world.cerys) == refusal  # a second click
    assert not selectors.waiting_for_signature_of(world.cerys).exists()
    assert not selectors.seats_to_sign(version, world.cerys)
    assert {world.amina.email, world.dev.email, world.gwen.email} <= told("unsigned")
    assert "police powers" not in OutgoingMail.objects.filter(purpose="unsigned").first().text


def test_only_who_holds_the_seat_refuses_and_only_what_they_saw(world, version):
    for person in (world.amina, world.dev, world.gwen):
        with pytest.raises(NotAllowed):
            refuse(version, world.police, person)
    with pytest.raises(Conflict, match="has changed"):
        services.refuse(version=version, seat=world.police, seen_sha256="0" * 64, reason="No.", by=world.cerys)
    with pytest.raises(WrongState, match="Say why"):
        refuse(version, world.police, world.cerys, reason=" ")
    worlds.sign(version, world.police, world.cerys)
    with pytest.raises(Conflict, match="a signature stays"):
        refuse(version, world.police, world.cerys)


def test_the_chair_records_a_silence_and_the_partners_own_word_takes_its_place(world, version):
    with pytest.raises(NotAllowed):
        not_given(version, world.police, world.gwen)
    silence = not_given(version, world.police, world.eve)
    assert not_given(version, world.police, world.eve) == silence
    assert selectors.seats_to_sign(version, world.cerys)  # still asked
    refusal = refuse(version, world.police, world.cerys)
    silence.refresh_from_db()
    assert silence.taken_back_by == world.cerys
    assert list(selectors.standing_unsigned(version)) == [refusal]


def test_who_refused_may_sign_after_all(world, version):
    refuse(version, world.police, world.cerys)
    worlds.sign(version, world.police, world.cerys)
    assert not selectors.standing_unsigned(version).exists()
    assert Unsigned.objects.get().taken_back_at


def test_a_refusal_is_taken_back_by_its_partner_alone(world, version):
    refusal = refuse(version, world.police, world.cerys)
    for person in (world.gwen, world.amina, world.dev):
        with pytest.raises(NotAllowed):
            services.take_back_unsigned(unsigned=refusal, by=person)
    services.take_back_unsigned(unsigned=refusal, by=world.cerys)
    services.take_back_unsigned(unsigned=refusal, by=world.cerys)  # a second click
    assert selectors.seats_to_sign(version, world.cerys)


def test_it_goes_out_without_a_signature_only_when_each_seat_has_spoken_and_a_signer_agrees(world, version):
    def propose(by=world.gwen):
        return services.propose(version=version, act=Act.SETTLE_IN_PART, reason="The date is near.", by=by)

    refuse(version, world.police, world.cerys)
    with pytest.raises(WrongState, match="Nobody has signed"):
        propose()
    worlds.sign(version, world.council, world.amina)
    with pytest.raises(WrongState, match="not known yet whether NHS Ashdown"):
        propose()
    worlds.sign(version, world.health, world.ben)
    with pytest.raises(NotAllowed):
        propose(world.amina)
    row = propose()
    assert propose() == row
    with pytest.raises(Conflict, match="has proposed that already"):
        propose(world.eve)
    for person in (world.gwen, world.dev, world.cerys):
        with pytest.raises(NotAllowed):
            services.agree(proposal=row, by=person)
    version.refresh_from_db()
    assert version.status == Status.IN_SIGN_OFF
    services.agree(proposal=row, by=world.ben)
    services.agree(proposal=row, by=world.ben)  # a second click
    version.refresh_from_db()
    assert (version.status, version.signed_at) == (Status.SIGNED_IN_PART, None)


def test_what_goes_out_without_a_signature_says_so_and_why(world, version):
    settled(world, version)
    jobs.render_missing()
    published = worlds.publish(Version.objects.get(pk=version.pk), world.gwen)
    assert published.status == Status.PUBLISHED
    row = next(row for row in certificate.signatures(published) if not row["at"])
    assert (row["agency"], row["why"]) == (world.police.agency.name, "Refused to sign")
    assert row["said_as"].startswith("Cerys, Lead safeguarding partner")


def test_one_who_declines_or_takes_back_leaves_everything_as_it_was(world, version):
    all_but_the_police(world, version)
    first = services.propose(version=version, act=Act.SETTLE_IN_PART, reason="The date.", by=world.gwen)
    services.decline(proposal=first, by=world.amina)
    with pytest.raises(WrongState, match="has decided on this already"):
        services.agree(proposal=first, by=world.ben)
    second = services.propose(version=version, act=Act.SETTLE_IN_PART, reason="The date.", by=world.gwen)
    with pytest.raises(NotAllowed, match="Only Gwen"):
        services.take_back_proposal(proposal=second, by=world.amina)
    services.take_back_proposal(proposal=second, by=world.gwen)
    version.refresh_from_db()
    assert version.status == Status.IN_SIGN_OFF
    assert [row.outcome for row in version.proposals.order_by("pk")] == ["declined", "taken_back"]


def test_a_late_signature_stops_what_was_proposed_without_it(world, version):
    all_but_the_police(world, version)
    row = services.propose(version=version, act=Act.SETTLE_IN_PART, reason="The date.", by=world.gwen)
    worlds.sign(version, world.police, world.cerys)
    with pytest.raises(WrongState):
        services.agree(proposal=row, by=world.amina)
    version.refresh_from_db()
    assert version.status == Status.SIGNED


@pytest.mark.parametrize("signed", [1, 3])
def test_two_persons_declare_a_version_void_and_a_draft_goes_on_from_it(world, version, signed):
    for seat, who in [(world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)][:signed]:
        worlds.sign(version, seat, who)
    with pytest.raises(NotAllowed):
        services.propose(version=version, act=Act.VOID, reason="A wrong appointment.", by=world.femi)
    row = services.propose(version=version, act=Act.VOID, reason="A wrong appointment.", by=world.amina)
    with pytest.raises(NotAllowed, match="proposed this yourself"):
        services.agree(proposal=row, by=world.amina)
    services.agree(proposal=row, by=world.gwen)
    version.refresh_from_db()
    draft = selectors.draft(version.document)
    assert (version.status, version.reason) == (Status.VOID, "A wrong appointment.")
    assert draft and draft.base == version
    assert version.sign_offs.count() == signed
    assert {world.cerys.email, world.dev.email} <= told("voided")
    again = services.send_for_sign_off(version=draft, by=world.gwen)
    assert canonical.load(again.content)["sections"] == canonical.load(version.content)["sections"]


def test_what_is_public_is_not_declared_void(world):
    version = worlds.published(world)
    with pytest.raises(WrongState):
        services.propose(version=version, act=Act.VOID, reason="No.", by=world.gwen)


def refused_by_the_database(what, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        what()


def test_the_database_refuses_what_two_persons_did_not_agree_to(world, version):
    all_but_the_police(world, version)
    row = Version.objects.filter(pk=version.pk)
    now = clock.now()
    refused_by_the_database(lambda: row.update(status="signed_in_part", settled_at=now), "documents_takes_two_persons")
    refused_by_the_database(
        lambda: row.update(status="void", voided_at=now, voided_by=world.gwen, reason="x"),
        "documents_takes_two_persons",
    )
    refused_by_the_database(lambda: row.update(status="signed", signed_at=now), "documents_a_seat_is_missing")
    proposal = services.propose(version=version, act=Act.SETTLE_IN_PART, reason="The date.", by=world.gwen)
    mine = Proposal.objects.filter(pk=proposal.pk)
    alone = {"outcome": "agreed", "decided_at": now, "decided_by": world.gwen, "decided_as": "Gwen"}
    refused_by_the_database(lambda: mine.update(**alone), "documents_proposal_takes_two")
    refused_by_the_database(mine.delete, "documents_evidence_is_kept")
    refused_by_the_database(lambda: mine.update(reason="Another."), "documents_evidence_is_kept")
    services.take_back_unsigned(unsigned=Unsigned.objects.get(), by=world.cerys)
    mine.update(**{**alone, "decided_by": world.amina})
    refused_by_the_database(
        lambda: row.update(status="signed_in_part", settled_at=now), "documents_each_seat_has_spoken"
    )


def test_the_database_keeps_who_did_not_sign_and_lets_nobody_do_both(world, version):
    refusal = refuse(version, world.police, world.cerys)
    row = Unsigned.objects.filter(pk=refusal.pk)
    refused_by_the_database(row.delete, "documents_evidence_is_kept")
    refused_by_the_database(lambda: row.update(reason="Another."), "documents_evidence_is_kept")
    forged = {
        "version": version, "seat": world.council, "sha256": version.sha256, "why": "refused", "reason": "x",
        "appointment": refusal.appointment, "agency_name": "x", "said_as": "x", "said_by": world.cerys,
    }  # fmt: skip
    refused_by_the_database(lambda: Unsigned.objects.create(**forged), "documents_refuser_holds_the_seat")
    worlds.sign(version, world.council, world.amina)
    forged |= {"why": "not_given", "appointment": None}
    refused_by_the_database(lambda: Unsigned.objects.create(**forged), "documents_signed_or_not")


def test_other_words_than_those_on_record_are_refused_and_not_lost_in_silence(world, version):
    refuse(version, world.police, world.cerys)
    with pytest.raises(Conflict, match="in other words"):
        refuse(version, world.police, world.cerys, reason="Something else.")
    with pytest.raises(Conflict, match="in other words"):
        not_given(version, world.police, world.eve)
    assert Unsigned.objects.count() == 1


def test_what_was_proposed_and_cannot_be_done_any_more_waits_for_nobody(world, version):
    all_but_the_police(world, version)
    row = services.propose(version=version, act=Act.SETTLE_IN_PART, reason="The date.", by=world.gwen)
    assert list(deciding.to_decide(world.amina)) == [row]
    services.take_back_unsigned(unsigned=Unsigned.objects.get(), by=world.cerys)
    assert not deciding.to_decide(world.amina).exists()
    refuse(version, world.police, world.cerys)
    assert list(deciding.to_decide(world.amina)) == [row]
    worlds.sign(version, world.police, world.cerys)
    assert not deciding.to_decide(world.amina).exists()


def test_a_draft_that_goes_on_from_a_void_clerical_edition_stays_one(world):
    published = replaced(world)
    edition = living.begin_clerical_edition(version=published, by=world.gwen)
    sent = services.send_for_sign_off(version=edition.version, by=world.gwen)
    row = services.propose(version=sent, act=Act.VOID, reason="A wrong appointment.", by=world.amina)
    services.agree(proposal=row, by=world.gwen)
    draft = selectors.draft(published.document)
    assert clerical.replaced_by(draft) == published
    with pytest.raises(Incomplete):
        worlds.write(draft.sections.get(key="leadership"), "The police are led by somebody.", world.gwen)
        services.send_for_sign_off(version=draft, by=world.gwen)


def test_the_moment_that_was_checked_is_the_moment_that_is_kept(world, version):
    """Proven nine minutes and all but a blink ago: what the check lets through, the trigger lets through as well."""
    proof = Proof("A passkey", clock.now() - LATELY + timedelta(milliseconds=400))
    services.sign(version=version, seat=world.council, seen_sha256=version.sha256, by=world.amina, proof=proof)
    row = SignOff.objects.get()
    assert row.signed_at - row.proved_at <= LATELY
