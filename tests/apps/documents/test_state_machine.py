"""The life of a document under any order of acts: a model in memory beside the database, and invariants after each step."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from partnership import clock
from partnership.audit.models import AuditEntry
from partnership.documents import canonical, release_jobs, selectors, services
from partnership.documents.models import (
    Act,
    Ground,
    Nature,
    Proposal,
    Release,
    Rendition,
    RenditionKind,
    SignOff,
    Version,
)
from partnership.documents.workflow import AGREED, FROZEN, MOVES, READABLE, Status
from partnership.errors import Refused
from partnership.files import services as files
from partnership.mail.models import OutgoingMail
from tests import night, worlds

SIGNERS = ("amina", "ben", "cerys")
EVERYBODY = st.sampled_from(("amina", "ben", "cerys", "dev", "eve", "femi", "gwen", "harry", "ines"))


class LifeOfAReport(RuleBasedStateMachine):
    """Anybody tries anything at any time. What is refused changes nothing; what is done keeps every promise."""

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.hold = ExitStack()
        self.hold.enter_context(clock.frozen(clock.now()))
        self.world = worlds.area_with_its_cast()
        self.seats = dict(zip(SIGNERS, (self.world.council, self.world.health, self.world.police), strict=True))
        self.document = worlds.written(self.world).document
        self.texts = 0
        self.seen: dict[int, str] = {}

    def teardown(self) -> None:
        self.hold.close()
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    @property
    def newest(self) -> Version:
        return self.document.versions.order_by("-number").first()

    def attempt(self, act, *args, **kwargs):
        try:
            with transaction.atomic():
                return act(*args, **kwargs)
        except Refused:
            return None

    @rule(who=EVERYBODY, stale=st.booleans())
    def write(self, who, stale):
        self.texts += 1
        section = self.newest.sections.get(key="funding")
        self.attempt(
            services.save_section,
            section=section,
            body=f"Text number {self.texts}.",
            explanation="",
            seen_revision=section.revision - (1 if stale else 0),
            by=getattr(self.world, who),
        )

    @rule(who=EVERYBODY)
    def send(self, who):
        self.attempt(services.send_for_sign_off, version=self.newest, by=getattr(self.world, who))

    @rule(who=EVERYBODY, seat=st.sampled_from(SIGNERS), right_text=st.booleans(), reserves=st.booleans())
    def sign(self, who, seat, right_text, reserves):
        self.attempt(
            services.sign,
            version=self.newest,
            seat=self.seats[seat],
            seen_sha256=self.seen_text(right_text),
            by=getattr(self.world, who),
            proof=worlds.proof(),
            reservation="But not the money." if reserves else None,
        )

    def seen_text(self, right_text):
        return self.newest.sha256 if right_text and self.newest.sha256 else "0" * 64

    @rule(who=st.sampled_from(SIGNERS), right_text=st.booleans())
    def refuse(self, who, right_text):
        self.attempt(
            services.refuse,
            version=self.newest,
            seat=self.seats[who],
            seen_sha256=self.seen_text(right_text),
            reason="It is not true.",
            by=getattr(self.world, who),
        )

    @rule(who=EVERYBODY, seat=st.sampled_from(SIGNERS))
    def record_that_nobody_signed(self, who, seat):
        self.attempt(
            services.record_not_given,
            version=self.newest,
            seat=self.seats[seat],
            reason="No answer.",
            by=getattr(self.world, who),
        )

    @rule(who=EVERYBODY)
    def take_back_a_refusal(self, who):
        if row := self.newest.unsigned.last():
            self.attempt(services.take_back_unsigned, unsigned=row, by=getattr(self.world, who))

    @rule(who=EVERYBODY, act=st.sampled_from((Act.SETTLE_IN_PART, Act.VOID)))
    def propose(self, who, act):
        by = getattr(self.world, who)
        self.attempt(lambda: services.propose(version=self.newest, act=act, reason="So.", by=by))

    @rule(who=EVERYBODY, seat=st.sampled_from(SIGNERS), right_text=st.booleans())
    def record_on_paper(self, who, seat, right_text):
        self.attempt(
            services.record_on_paper,
            version=self.newest,
            seat=self.seats[seat],
            signed_on=clock.today(),
            fingerprint=self.seen_text(right_text),
            scan=files.put(b"%PDF-1.7 a letter", "application/pdf"),
            scan_name="letter.pdf",
            by=getattr(self.world, who),
        )

    @rule(who=EVERYBODY, decide=st.sampled_from((services.agree, services.decline, services.take_back_proposal)))
    def decide(self, who, decide):
        if row := Proposal.objects.filter(version__document=self.document).last():
            self.attempt(decide, proposal=row, by=getattr(self.world, who))

    @precondition(lambda self: self.newest.status == Status.IN_SIGN_OFF)
    @rule(missing=st.sampled_from(SIGNERS))
    def some_sign_and_go_on(self, missing):
        self.refuse(missing, True)
        for name in SIGNERS:
            if name != missing:
                self.sign(name, name, True, False)
        self.propose("gwen", Act.SETTLE_IN_PART)
        self.decide(next(name for name in SIGNERS if name != missing), services.agree)

    @precondition(lambda self: self.newest.status == Status.IN_SIGN_OFF)
    @rule()
    def everybody_signs(self):
        for name, seat in self.seats.items():
            self.attempt(
                services.sign,
                version=self.newest,
                seat=seat,
                seen_sha256=self.newest.sha256,
                by=getattr(self.world, name),
                proof=worlds.proof(),
            )

    @rule()
    def print_what_is_signed(self):
        """Stands for the renderer, which has tests of its own."""
        for version in self.document.versions.filter(status__in=AGREED, renditions=None):
            file = files.put(f"PDF of {version.sha256}".encode(), "application/pdf")
            Rendition.objects.create(version=version, kind=RenditionKind.FINAL, file=file, pages=1)

    @rule(who=EVERYBODY, seat=st.sampled_from(SIGNERS))
    def send_back(self, who, seat):
        self.attempt(
            services.return_for_changes,
            version=self.newest,
            seat=self.seats[seat],
            reason="Not yet.",
            by=getattr(self.world, who),
        )

    @rule(who=EVERYBODY, later=st.booleans())
    def propose_to_publish(self, who, later):
        release_at = clock.now() + timedelta(minutes=90) if later else None
        self.attempt(
            services.propose_publication, version=self.newest, release_at=release_at, by=getattr(self.world, who)
        )

    @precondition(lambda self: self.newest.status in AGREED)
    @rule(later=st.booleans(), second=EVERYBODY)
    def two_persons_publish(self, later, second):
        self.print_what_is_signed()
        self.propose_to_publish("gwen", later)
        self.decide(second, services.agree)

    @rule()
    def an_hour_passes(self):
        self.hold.enter_context(clock.frozen(clock.now() + timedelta(hours=1)))
        release_jobs.release_due()

    @rule(who=EVERYBODY)
    def stop(self, who):
        if row := Release.objects.filter(proposal__version__document=self.document).last():
            self.attempt(services.stop_release, release=row, by=getattr(self.world, who))

    @rule(who=EVERYBODY, nature=st.sampled_from((None, *Nature)))
    def correct(self, who, nature):
        by = getattr(self.world, who)
        self.attempt(services.begin_correction, version=self.newest, by=by, nature=nature, reason="A slip.")

    @rule(who=EVERYBODY, nature=st.sampled_from(Nature))
    def declare(self, who, nature):
        by = getattr(self.world, who)
        self.attempt(services.declare_correction, version=self.newest, nature=nature, reason="So.", by=by)

    @rule(who=EVERYBODY, ground=st.sampled_from(Ground))
    def take_down(self, who, ground):
        by = getattr(self.world, who)
        for version in self.document.versions.filter(status__in=READABLE).order_by("-number")[:1]:
            self.attempt(services.take_down, version=version, ground=ground, note="It was wrong.", by=by)

    @rule(who=EVERYBODY)
    def withdraw(self, who):
        self.attempt(services.withdraw, version=self.newest, reason="No longer.", by=getattr(self.world, who))

    @invariant()
    def frozen_texts_stay_what_they_were(self):
        for version in self.document.versions.exclude(sha256=None):
            assert canonical.fingerprint(version.content) == version.sha256
            assert self.seen.setdefault(version.pk, version.sha256) == version.sha256

    @invariant()
    def two_signatures_never_look_like_three(self):
        for version in self.document.versions.filter(status__in=[*AGREED, *READABLE, Status.TAKEN_DOWN]):
            missing = {row.seat_id for row in selectors.missing_seats(version)}
            assert bool(missing) == bool(version.settled_at) != bool(version.signed_at)
            assert missing == {row.seat_id for row in selectors.standing_unsigned(version)}
        for row in Proposal.objects.filter(outcome="agreed"):
            assert row.decided_by != row.proposed_by
        for sign_off in SignOff.objects.select_related("version", "appointment"):
            assert sign_off.sha256 == sign_off.version.sha256
            assert sign_off.appointment.seat_id == sign_off.seat_id

    @invariant()
    def at_most_one_of_each(self):
        states = list(self.document.versions.values_list("status", flat=True))
        assert states.count(Status.DRAFT) <= 1
        assert states.count(Status.PUBLISHED) <= 1
        assert sum(states.count(status) for status in FROZEN) <= 1

    @invariant()
    def every_change_of_status_is_on_the_record(self):
        events = {str(move.event) for move in MOVES.values()}
        recorded = AuditEntry.objects.filter(subject=self.document.subject, event__in=events).count()
        changed = sum(len(_path(version)) for version in self.document.versions.all())
        assert recorded == changed

    @invariant()
    def each_published_version_is_mailed_once_to_each_body(self):
        published = self.document.versions.filter(published_at__isnull=False).count()
        assert OutgoingMail.objects.filter(purpose="submission").count() == 2 * published

    @invariant()
    def what_is_public_was_released_by_two_and_not_before_its_time(self):
        for version in self.document.versions.filter(published_at__isnull=False):
            row = Release.objects.get(proposal__version=version, proposal__outcome="agreed", stopped_at=None)
            assert row.proposal.proposed_by != row.proposal.decided_by
            assert row.release_at is None or row.release_at <= version.published_at

    @invariant()
    def what_was_withdrawn_is_nowhere_to_be_read(self):
        public = selectors.published(self.world.area, "yearly_report", self.document.period_label)
        gone = self.document.versions.filter(status=Status.TAKEN_DOWN)
        assert public is None or public.number > max((row.number for row in gone), default=0)
        assert all(row.submissions.exclude(mail__status="cancelled").count() == 0 for row in gone)


def _path(version: Version) -> list[str]:
    """The moves that must lie behind a version that stands where it stands."""
    moments = (version.frozen_at, version.signed_at, version.settled_at, version.published_at, version.superseded_at)
    ends = (version.returned_at, version.withdrawn_at, version.voided_at)
    return [str(moment) for moment in (*moments, *ends) if moment]


@pytest.mark.django_db
def test_no_order_of_acts_breaks_a_promise():
    run_state_machine_as_test(
        LifeOfAReport,
        settings=settings(
            max_examples=night.LIVES,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
