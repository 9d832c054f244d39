"""From April 2024 to March 2026: what Hammersmith and Fulham has done, signed by the partners of those days."""

import re
from datetime import date, datetime

from arrangements import services as arrangements
from arrangements.models import AgencyNotice, Way
from partnership import clock
from partnership.accounts.models import User
from partnership.deadlines import jobs as deadlines
from partnership.deadlines.opening import Owed
from partnership.documents.models import Document, Version
from partnership.guidance import dates, loader
from partnership.guidance.financial_years import FinancialYear
from partnership.operations.demo import (
    accounts_of_effect,
    cast,
    effects,
    money,
    offices,
    people,
    places,
    relevant,
    walk,
)
from partnership.operations.demo.places import HAMMERSMITH, MET, OLD_BOARD
from partnership.submissions import services as submissions
from partnership.submissions.models import Submission
from scrutiny import services as scrutiny
from scrutiny.models import ChallengeNote, Position

REPORT, ARRANGEMENTS = "yearly_report", "arrangements"
GWEN, TOMASZ, RUKHSANA, FEMI = "gwen.pritchard", "tomasz.zielinski", "rukhsana.malik", "femi.adeyemi"


def first_area() -> None:
    """2 April 2024: everybody gets an account, Hammersmith and Fulham is opened, and its duties with it."""
    with cast.at("2024-04-02 09:30"):
        for person in people.PEOPLE:
            if not User.objects.filter(email=person.email).exists():
                User.objects.create_user(person.email, person.password, name=person.name, is_invented=True)
        area = places.open_place(places.hammersmith())
        cast.appoint(offices.HAMMERSMITH_OFFICES)
        _record_recipients()
        for year in (FinancialYear(2023), FinancialYear(2024)):
            edition = loader.edition_for(REPORT, year.start, year.end)
            rule = edition.deadline(REPORT)
            title, due_on = f"{rule.title} {year.label}", dates.due_on(rule, year.end)
            deadlines.open_duty(area=area, owed=Owed(REPORT, edition.key, year.label, title, due_on))


def _record_recipients() -> None:
    """The addresses of the national bodies as the guidance of 2023 names them. In practice all mail stays here."""
    edition = loader.edition("wt2023")
    for recipient in edition.recipients_for(REPORT):
        submissions.record_recipient(
            party=recipient.party,
            name=recipient.name,
            address=recipient.address,
            source=recipient.source,
            evidence=recipient.evidence,
            checked_on=clock.today(),
            valid_from=clock.today(),
        )


def report_2023_24() -> None:
    """The first report: real figures of money, one challenge answered and closed, three signatures, in time."""
    document = walk.begin(HAMMERSMITH, REPORT, "2023-24", by=GWEN, at="2024-04-22 10:00")
    with cast.at("2024-05-13 11:15"):
        money.record_published(document.area, cast.person(GWEN))
    walk.write(document, "hammersmith-report-2023-24", by=(GWEN, TOMASZ, RUKHSANA), first=date(2024, 6, 3))
    _challenge_of_2024(document)
    effects.tell(document, accounts_of_effect.HAMMERSMITH_2023, by=GWEN, at="2024-08-20 10:30")
    version = walk.send(document, by=GWEN, at="2024-09-03 16:10")
    walk.sign(version, seat=HAMMERSMITH, by="grace.oyelaran", at="2024-09-09 08:50")
    walk.sign(version, seat=MET, by="marcus.whitfield", at="2024-09-11 18:25")
    walk.sign(version, seat=OLD_BOARD, by="helen.prosser", at="2024-09-16 12:05")
    walk.publish(version, by=GWEN, at="2024-09-19 10:30")
    with cast.at("2024-10-07 15:00"):
        money.check_printed_total(document.area, cast.person(GWEN))


def _challenge_of_2024(document: Document) -> None:
    with cast.at("2024-07-15 09:40"):
        challenge = scrutiny.raise_challenge(
            document=document,
            section_key="impact",
            text="The draft says that early help is offered sooner. It does not say whether families found it helped. "
            "What do the partners know of that, and from whom?",
            by=cast.person(FEMI),
        )
    _answer(
        challenge,
        RUKHSANA,
        "2024-07-29 17:05",
        Position.ACCEPT,
        "We had counted offers and not outcomes. We asked the families who had help in the year; what they said now "
        "stands in the section on the voice of children and families.",
    )
    _answer(
        challenge,
        "daniel.okafor",
        "2024-07-31 11:20",
        Position.PART,
        "Neighbourhood officers meet these families and hear much, but do not record it in a way that can be counted. "
        "We will agree with the council how to.",
    )
    with cast.at("2024-08-12 10:15"):
        scrutiny.close(
            challenge=challenge,
            view="I accept the answers. I will ask for the police record next year.",
            by=cast.person(FEMI),
        )


def _answer(challenge: ChallengeNote, by: str, at: str, position: Position, text: str) -> None:
    with cast.at(at):
        scrutiny.answer(challenge=challenge, position=position, text=text, by=cast.person(by))


def is_unacknowledged() -> bool:
    """Whether the Panel's acknowledgement of the first report has still to be recorded."""
    return _first_submission() is not None


def _first_submission() -> Submission | None:
    # Where no mailbox answered, the report left later than this story tells, and the reply is left to the reader.
    replied = datetime(2024, 9, 24, tzinfo=clock.LONDON)
    sent = Submission.objects.filter(party="national_panel", accepted_at__lt=replied, acknowledged_at=None)
    return sent.filter(version__document__area__slug=HAMMERSMITH, version__document__period_label="2023-24").first()


def acknowledgement_2024() -> None:
    """The Panel replies, and Gwen records it; Foundations does not, so that what is not known shows as not known."""
    submission = _first_submission()
    if submission is not None:
        with cast.at("2024-09-24 09:10"):
            words = "Thank you for your yearly report, which we have received. (Invented for practice.)"
            submissions.acknowledge(submission=submission, words=words, by=cast.person(GWEN))


def arrangements_2025() -> None:
    """The published arrangements, through the same workflow."""
    with cast.at("2024-10-08 11:30"):
        cast.name_agencies(HAMMERSMITH, by=GWEN)
    document = walk.begin(HAMMERSMITH, ARRANGEMENTS, "2025", by=GWEN, at="2024-10-14 10:00")
    walk.write(document, "hammersmith-arrangements-2025", by=(GWEN, TOMASZ), first=date(2024, 10, 21))
    version = walk.send(document, by=RUKHSANA, at="2024-12-02 15:30")
    walk.sign(version, seat=OLD_BOARD, by="helen.prosser", at="2024-12-05 09:15")
    walk.sign(version, seat=HAMMERSMITH, by="grace.oyelaran", at="2024-12-10 13:40")
    walk.sign(version, seat=MET, by="marcus.whitfield", at="2024-12-16 17:55")
    walk.publish(version, by=GWEN, at="2025-01-06 11:00")
    _acknowledgements_of_2025(version)


def _acknowledgements_of_2025(version: Version) -> None:
    """One agency answers by the link in its message, one at a meeting; the third is silent, the fourth has no address."""
    notice = AgencyNotice.objects.get(version=version, seat__agency__slug=relevant.HEALTH_CHARITY)
    link = re.search(r"/acknowledge/([\w-]+)/", notice.mail.text if notice.mail else "")
    if link is None:
        raise RuntimeError(f"The message to {notice} has no link.")
    with cast.at("2025-01-09 10:40"):
        arrangements.acknowledge(
            token=link[1],
            name="Maya Lindqvist (invented)",
            office="Head of safeguarding",
            note="We have put it on the agenda of our trustees.",
        )
    with cast.at("2025-01-21 16:00"):
        arrangements.record_acknowledgement(
            version=version,
            seat=cast.seat(HAMMERSMITH, relevant.YOUTH_JUSTICE),
            name="Andre Baptiste (invented)",
            office="Service manager",
            way=Way.MEETING,
            on=date(2025, 1, 20),
            note="Partnership meeting of 20 January 2025, minute 4.",
            by=cast.person(GWEN),
        )


def report_2024_25() -> None:
    """The second report, shorter."""
    document = walk.begin(HAMMERSMITH, REPORT, "2024-25", by=GWEN, at="2025-04-14 09:45")
    with cast.at("2025-05-12 14:00"):
        money.record_invented(document.area, 2024, money.HAMMERSMITH_LATER[2024], cast.person(GWEN))
        money.record_invented_spending(document.area, 2024, cast.person(GWEN))
    walk.write(document, "hammersmith-report-2024-25", by=(GWEN, RUKHSANA), first=date(2025, 6, 2))
    effects.tell(document, accounts_of_effect.HAMMERSMITH_2024, by=GWEN, at="2025-08-18 11:00")
    version = walk.send(document, by=GWEN, at="2025-09-01 12:00")
    walk.sign(version, seat=MET, by="marcus.whitfield", at="2025-09-04 19:10")
    walk.sign(version, seat=HAMMERSMITH, by="grace.oyelaran", at="2025-09-08 09:05")
    walk.sign(version, seat=OLD_BOARD, by="helen.prosser", at="2025-09-15 16:30")
    walk.publish(version, by=GWEN, at="2025-09-22 10:00")
