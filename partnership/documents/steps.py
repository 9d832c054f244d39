"""The task list of a document: everything between an empty page and the national bodies, for the person who looks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import content, deciding, policies, publication_policies
from partnership.documents.kinds import Problem, address_of, kind
from partnership.documents.models import Act, RenditionKind, Version
from partnership.documents.presenting import SeatRow
from partnership.documents.workflow import AGREED, FROZEN, READABLE, WORKED_ON, Status
from partnership.errors import Decision, decide
from partnership.guidance import schema as guidance
from partnership.guidance.vocabulary import Level, with_article

WAIT = "Cannot start yet"
DONE = "Completed"
COLOURS = {"Not started": "blue", "To mend": "red"}
Item = dict[str, Any]


@dataclass(frozen=True)
class Group:
    """One heading of the task list with its steps."""

    key: str
    title: str
    items: list[Item]


@dataclass
class Steps:
    """Builds the groups for one version and one person. `states`: the sections of a draft, read once.

    `is_shut`: its text is sealed to this person, so that no step leads to it.
    """

    version: Version
    user: User
    seats: tuple[SeatRow, ...]
    states: list[content.SectionState] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    is_shut: bool = False

    def __post_init__(self) -> None:
        document = self.version.document
        self.area, self.where = document.area, [document.area.slug, address_of(document)]
        self.is_draft = self.version.status == Status.DRAFT
        self.is_guest = not access.can(self.user, Permission.VIEW_AREA, self.area)  # reads the document by name alone
        self.number = self.version.number
        if self.is_draft:
            self.states = content.states(self.version)
            self.problems = content.problems(self.version, self.states)
            self.notes = {} if self.is_guest else kind(document.kind).section_notes(self.version)

    def groups(self) -> list[Group]:
        """Write, check, sign, publish, and submit where the kind is sent to somebody."""
        found = [
            Group("write", "Write", self.open_here(self.write())),
            Group("check", "Check", self.open_here(self.check(), public=False)),
            Group("sign", "Sign", [*self.open_here(list(map(self.signature, self.seats))), *self.second_persons()]),
            Group("publish", "Publish", self.publish()),
            Group("submit", "Submit", self.submit()),
        ]
        return [group for group in found if group.items]

    def open_here(self, items: list[Item], *, public: bool = True) -> list[Item]:
        """These steps; without their links where these are sealed to this person. `public`: unless the text is public."""
        is_closed = self.is_shut and not (public and self.version.status in READABLE)
        return [{**item, "href": ""} for item in items] if is_closed else items

    @property
    def complete(self) -> int:
        return sum(1 for state in self.states if state.status == "Complete")

    def may(self, permission: Permission) -> Decision:
        """Whether the person may do this here today, with the sentence that refuses."""
        return decide(access.require, self.user, permission, self.area)

    @property
    def may_draft(self) -> Decision:
        return self.may(Permission.DRAFT_DOCUMENT)

    def address(self, name: str, *more: object) -> str:
        return reverse(f"documents:{name}", args=[*self.where, *more])

    def write(self) -> list[Item]:
        if not self.is_draft:
            title = f"Text of version {self.number}"
            return [_item(title, self.address("version", self.number), "Frozen. It can be read and compared.", DONE)]
        return [self.section(state) for state in self.states] + [self.pictures()]

    def section(self, state: content.SectionState) -> Item:
        missing = [problem.sentence.removeprefix(f"{state.section.title}: ") for problem in state.problems]
        note = self.notes.get(state.section.key, "")
        lines = [asked_by(state.rule), *([note] if note else []), *(missing if state.status == "To mend" else [])]
        return _item(state.section.title, state.href, _lines(lines), state.status)

    def pictures(self) -> Item:
        count = self.version.document.pictures.count()
        return _item("Pictures", self.address("pictures"), "Each with a description in words.", f"{count} added")

    def check(self) -> list[Item]:
        return [self.challenges(), self.checks(), self.send()]

    def challenges(self) -> Item:
        notes: Any = self.version.document.challenges  # type: ignore[attr-defined]  # of the app above
        total, still_open = notes.count(), notes.filter(closed_at=None).count()
        status = f"{still_open} open" if still_open else ("All closed" if total else "None")
        hint = "Raised by the independent scrutineer, answered by the partners."
        href = "" if self.is_guest else reverse("scrutiny:challenges", args=self.where)
        return _item("Challenges and answers", href, hint, status)

    def checks(self) -> Item:
        if not self.is_draft:
            return _item("Checks before sending", "", "", DONE)
        status = f"{len(self.problems)} to mend" if self.problems else "Ready"
        return {**_item("Checks before sending", self.address("checks"), "", status), "colour": ""}

    def send(self) -> Item:
        title = "Send for sign-off"
        if not self.is_draft:
            return _item(title, "", "", DONE if self.version.frozen_at else WAIT)
        allowed = self.may(Permission.SEND_FOR_SIGN_OFF)
        if self.problems:
            return _item(title, "", "First mend what the checks list.", WAIT)
        if not allowed:
            return _item(title, "", allowed.reason, WAIT)
        return _item(title, self.address("send"), "Freezes the text and asks every lead partner.", "Ready")

    def signature(self, row: SeatRow) -> Item:
        title = f"Signature for {row.agency}"
        if row.signature:
            hint = f"{row.signature.person_name} signed it."
            return _item(title, self.address("signed", self.number, row.seat_id), hint, DONE)
        if row.unsigned:
            return _item(
                title, self.address("version", self.number), row.unsigned.reason, row.unsigned.get_why_display()
            )
        if self.version.status != Status.IN_SIGN_OFF:
            hint = row.warning or f"Will be asked of {row.names}."
            return _item(title, "", hint if self.is_draft else "", WAIT if self.is_draft else "Not signed")
        if self.user.pk in [held.person_id for held in row.signers]:
            return _item(
                title, self.address("sign", self.number, row.seat_id), "It is your turn to sign.", "Not started"
            )
        return _item(title, "", row.warning or f"Waiting for {row.names}.", "Waiting")

    def second_persons(self) -> list[Item]:
        """What is proposed and waits for a second person; and where some do not sign, how it can go out without them."""
        if self.is_draft:
            return []
        found = [
            _item(
                f"Proposed: {row.get_act_display()}",
                self.address("proposal", self.number, row.pk),
                row.proposed_as,
                "Waiting",
            )
            for row in deciding.possible().filter(version=self.version, act__in=Act.before_publication())
        ]
        without = any(row.unsigned for row in self.seats) and decide(
            policies.check_can_propose, self.version, Act.SETTLE_IN_PART
        )
        if without and not found and self.may(Permission.SEND_FOR_SIGN_OFF):
            title, hint = "Propose to go on without every signature", "A lead partner who has signed has to agree."
            found.append(_item(title, self.address("propose", self.number, "settle-in-part"), hint, "Ready"))
        return found

    def publish(self) -> list[Item]:
        title, status = f"Publish the {kind(self.version.document.kind).noun}", self.version.status
        public = reverse("public:document", args=self.where)
        if status in READABLE:
            return [_item(title, public, "At its permanent address.", DONE)]
        if status == Status.TAKEN_DOWN:
            return [_item(title, public, "Its address says so.", "Withdrawn")]
        if status not in AGREED:
            return [_item(title, "", "When every lead partner has signed.", WAIT)]
        return [self.to_publish(title)]

    def to_publish(self, title: str) -> Item:
        """How far the publication of what is agreed has come: planned, proposed, or open to be proposed."""
        if proposed := self.version.proposals.filter(act=Act.PUBLISH, outcome="").first():
            hint = f"Proposed by {proposed.proposed_as}. A second person has to confirm it."
            return _item(title, self.address("proposal", self.number, proposed.pk), hint, "Waiting")
        if planned := publication_policies.planned(self.version):
            hint = f"On {clock.in_words(planned.release_at)}, UK time." if planned.release_at else ""
            return _item(title, self.address("proposal", self.number, planned.proposal_id), hint, "Planned")
        allowed, ready = self.may(Permission.PUBLISH_DOCUMENT), decide(policies.check_can_publish, self.version)
        if allowed and ready:
            hint = (
                "Everybody has signed."
                if self.version.status == Status.SIGNED
                else "It will say who has not signed, and why."
            )
            return _item(
                title, self.address("publish", self.number), f"{hint} A second person has to confirm it.", "Ready"
            )
        return _item(title, "", allowed.reason or ready.reason, WAIT)

    def submit(self) -> list[Item]:
        sent = list(self.version.submissions.order_by("party"))  # type: ignore[attr-defined]  # of the app above
        if sent:
            return [self.submission(row) for row in sent]
        names = kind(self.version.document.kind).recipients(self.version)
        return [
            _item(f"Send to {with_article(name)}", "", "By email with the PDF, when it is published.", WAIT)
            for name in names
        ]

    def submission(self, row: Any) -> Item:
        href = "" if self.is_guest else reverse("submissions:submission", args=[self.area.slug, row.pk])
        status = "Came back" if row.bounced_at else "Sent" if row.accepted_at else "On its way"
        status = "Acknowledged" if row.acknowledged_at else status
        return _item(f"Send to {row.recipient_in_words}", href, "", status)


def asked_by(rule: guidance.Section | None) -> str:
    """How strongly a section is asked for: `Must.` Where that is read stands on the page of the section itself."""
    if rule is None:
        return "Added locally."
    if not rule.requirements:
        return "Common practice; not required by guidance."
    strongest = min(rule.requirements, key=lambda row: list(Level).index(row.level))
    return f"{strongest.level.label}{'' if strongest.confirmed else ', to be confirmed'}."


def acts(version: Version, user: User) -> list[tuple[str, str]]:
    """The less usual acts that are open to this person now: words and address."""
    area, where = version.document.area, [version.document.area.slug, address_of(version.document)]
    found = []
    again = {
        Status.PUBLISHED: "Begin a corrected version",
        Status.WITHDRAWN: "Begin a new version",
        Status.TAKEN_DOWN: "Begin a redacted or corrected version",
    }
    if version.status in again and access.can(user, Permission.BEGIN_DOCUMENT, area):
        found.append((again[Status(version.status)], reverse("documents:correct", args=where)))
    if version.status in WORKED_ON and access.can(user, Permission.WITHDRAW_DOCUMENT, area):
        found.append(
            (f"Withdraw version {version.number}", reverse("documents:withdraw", args=[*where, version.number]))
        )
    if version.status in FROZEN and access.can(user, Permission.VOID_DOCUMENT, area):
        href = reverse("documents:propose", args=[*where, version.number, "void"])
        found.append((f"Propose to declare version {version.number} void", href))
    found += _after_publication(version, user)
    if access.can(user, Permission.SHARE_DOCUMENT, area):
        found.append(("Share by name", reverse("documents:shares", args=where)))
    return found


def _after_publication(version: Version, user: User) -> Iterator[tuple[str, str]]:
    """What can be done with what stands: that it was reviewed, is taken in by another document, or is withdrawn."""
    area = version.document.area
    where = [area.slug, address_of(version.document), version.number]
    stands = version.status == Status.PUBLISHED and access.can(user, Permission.PUBLISH_DOCUMENT, area)
    if stands and kind(version.document.kind).comes_into_force:
        yield "Record a review", reverse("documents:review", args=where)
    if stands:
        yield "Say which document has taken it in", reverse("documents:consolidate", args=where)
    if version.status in READABLE and access.can(user, Permission.TAKE_DOWN, area):
        yield "Withdraw it from the public", reverse("documents:take_down", args=where)
    if (
        version.status == Status.DRAFT
        and hasattr(version, "correction")
        and access.can(user, Permission.BEGIN_DOCUMENT, area)
    ):
        yield "Change what kind of correction this is", reverse("documents:declare", args=where[:2])


def renditions(version: Version) -> list[tuple[str, str]]:
    """The PDFs of a version: words and address."""
    where = [version.document.area.slug, address_of(version.document), version.number]
    names = {RenditionKind.PROOF: "PDF as it was sent for signature", RenditionKind.FINAL: "PDF with the signatures"}
    made = sorted(version.renditions.all(), key=lambda row: row.kind != RenditionKind.FINAL)
    return [
        (f"{names[RenditionKind(row.kind)]} ({row.pages} pages)", reverse("documents:pdf", args=[*where, row.kind]))
        for row in made
    ]


def _item(title: str, href: str, hint: str | SafeString, status: str) -> Item:
    return {"title": title, "href": href, "hint": hint, "status": status, "colour": COLOURS.get(status, "")}


def _lines(lines: list[str]) -> SafeString:
    return format_html_join("", "<div>{}</div>", ((line,) for line in lines))
