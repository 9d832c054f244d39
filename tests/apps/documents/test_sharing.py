"""A document shared by name: what it gives, what it does not, how it ends, and what stays on record."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas.roles import Office
from partnership.audit import presenters
from partnership.audit.models import AuditEntry
from partnership.documents import policies, selectors, services
from partnership.documents.models import DocumentShare
from partnership.errors import NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from tests.worlds import PASSWORD

TODAY, FRIDAY = date(2026, 9, 14), date(2026, 9, 18)
RECORD = "/areas/oakshire/yearly-report/2025-26/"
SHARES = f"{RECORD}shares/"
DAY = {"until_day": "18", "until_month": "9", "until_year": "2026"}
SAID = {"email": "rhea@people.example", "name": "Rhea Sen", "reason": "Advice on the data.", **DAY}


def at(day, hour=9, minute=0):
    return clock.frozen(datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.LONDON))


def share(places, document, by="gwen", **changes):
    what = {"email": "rhea@people.example", "name": "Rhea Sen", "reason": "Advice on the data.", "until": FRIDAY}
    return services.share_document(**{"document": document, "by": places.person(by), **what, **changes})


def known(places, name="rhea"):
    """Somebody with an account who has set a password."""
    user = places.person(name)
    user.set_password(PASSWORD)
    user.save()
    return user


def sentences():
    found = AuditEntry.objects.filter(event__in=["document.shared", "document.share_ended"]).order_by("pk")
    return [presenters.sentence(entry) for entry in found]


def read(client, user, path):
    client.force_login(user)
    return client.get(path)


@pytest.fixture
def document(places):
    return places.begin()


def test_somebody_known_reads_the_document_until_the_end_of_the_last_day(places, document):
    rhea = known(places)

    made = share(places, document)

    assert (made.user, made.reason, made.shared_by, made.last_day) == (
        rhea, "Advice on the data.", places.person("gwen"), FRIDAY,
    )  # fmt: skip
    with at(FRIDAY, 23, 59):
        assert list(selectors.documents_visible_to(rhea)) == [document]
    with at(FRIDAY + timedelta(days=1), 0):
        assert list(selectors.documents_visible_to(rhea)) == []
    assert sentences() == ["Gwen shared Yearly report 2025-26 with Rhea until 18 September 2026: Advice on the data."]


def test_somebody_new_is_invited_and_told(places, document):
    made = share(places, document, email=" New@People.example ", name="Noor Aziz")

    assert (made.user.email, made.user.name) == ("new@people.example", "Noor Aziz")
    assert {mail.to for mail in OutgoingMail.objects.all()} == {"new@people.example"}
    assert OutgoingMail.objects.count() == 2
    assert AuditEntry.objects.filter(event="person.invited").count() == 1


def test_somebody_who_never_accepted_gets_a_new_invitation_with_the_next_share(places, document):
    share(places, document)

    share(places, document, until=FRIDAY + timedelta(days=7))

    assert OutgoingMail.objects.filter(dedupe_key__startswith="accounts.invitation").count() == 2


def test_the_reader_is_told_what_until_when_and_where_and_nothing_that_is_written(places, document):
    known(places)
    places.write(document)

    share(places, document)

    mail = OutgoingMail.objects.get(purpose="shared")
    assert mail.subject == "Oakshire: Yearly report 2025-26 is shared with you"
    for text in (mail.text, mail.html):
        assert "18 September 2026" in text and RECORD in text and "Gwen" in text
        assert "What there is to say of" not in text and "Advice on the data" not in text


def test_sharing_again_changes_the_end_and_asking_twice_for_the_same_writes_nothing(places, document):
    known(places)
    first = share(places, document)
    second = share(places, document)
    third = share(places, document, until=FRIDAY + timedelta(days=7), reason="It takes longer.")

    assert first == second == third == DocumentShare.objects.get()
    assert (third.last_day, third.reason) == (date(2026, 9, 25), "It takes longer.")
    assert len(sentences()) == 2
    assert OutgoingMail.objects.filter(purpose="shared").count() == 2


@pytest.mark.parametrize("until", [TODAY - timedelta(days=1), date(2027, 9, 15)])
def test_the_last_day_lies_between_today_and_twelve_months(places, document, until):
    with pytest.raises(WrongState, match="from today to twelve months"):
        share(places, document, until=until)

    assert not User.objects.filter(email="rhea@people.example").exists()


@pytest.mark.parametrize("until", [TODAY, date(2027, 9, 14)])
def test_today_and_twelve_months_ahead_are_both_allowed(places, document, until):
    assert share(places, document, until=until).last_day == until


def test_twelve_months_from_a_leap_day_end_on_the_28th():
    assert policies.last_day_to_share(date(2028, 2, 29)) == date(2029, 2, 28)


def test_a_share_has_a_reason(places, document):
    with pytest.raises(WrongState, match="Say why"):
        share(places, document, reason="  ")


def test_nothing_is_shared_with_somebody_who_sees_it_by_an_office(places, document):
    with pytest.raises(WrongState, match="Amina sees this document already, by an office: Lead safeguarding partner"):
        share(places, document, email="amina@people.example")


def test_a_contributor_who_sees_no_drafts_can_be_shared_with(places, document):
    places.appoint("cleo", Office.CONTRIBUTOR, places.area, seat=places.seats["oakshire"][0])

    share(places, document, email="cleo@people.example")

    assert list(selectors.documents_visible_to(places.person("cleo"))) == [document]


def test_nothing_is_shared_with_a_closed_account(places, document):
    User.objects.filter(pk=places.person("rhea").pk).update(is_active=False)

    with pytest.raises(WrongState, match="account of Rhea is closed"):
        share(places, document)


@pytest.mark.parametrize("name", ["amina", "dev", "sana", "ines"])
def test_only_a_business_manager_shares_and_ends(places, document, name):
    made = share(places, document)

    with pytest.raises(NotAllowed, match="Only a business manager"):
        share(places, document, by=name, email="other@people.example")
    with pytest.raises(NotAllowed):
        services.end_share(share=made, by=places.person(name))


def test_an_ended_share_is_over_at_once_and_stays_on_record(places, document):
    rhea = known(places)
    made = share(places, document)

    ended = services.end_share(share=made, by=places.person("gwen"))
    again = services.end_share(share=made, by=places.person("gwen"))

    assert (ended.ended_at, ended.ended_by, ended.last_day) == (clock.now(), places.person("gwen"), FRIDAY)
    assert again == ended == DocumentShare.objects.get()
    assert list(selectors.documents_visible_to(rhea)) == []
    assert sentences()[1:] == ["Gwen ended the sharing of Yearly report 2025-26 with Rhea."]


def test_an_ended_share_can_be_given_anew(places, document):
    rhea = known(places)
    services.end_share(share=share(places, document), by=places.person("gwen"))

    share(places, document)

    assert DocumentShare.objects.get().ended_at is None
    assert list(selectors.documents_visible_to(rhea)) == [document]
    assert len(sentences()) == 3


def test_a_share_that_came_to_its_end_has_nothing_to_end(places, document):
    made = share(places, document)

    with at(FRIDAY + timedelta(days=1)), pytest.raises(WrongState, match="came to its end by itself"):
        services.end_share(share=made, by=places.person("gwen"))


def test_the_database_removes_no_share_and_gives_none_to_another_person(places, document):
    rows = DocumentShare.objects.filter(pk=share(places, document).pk)
    for act in (rows.delete, lambda: rows.update(user=places.person("ines"))):
        with pytest.raises(IntegrityError, match="documents_shares_are_kept"), transaction.atomic():
            act()


@pytest.mark.parametrize("half", [{"ended_at": datetime(2026, 9, 15, tzinfo=clock.LONDON)}, {"reason": ""}])
def test_the_database_refuses_half_an_end_and_a_share_without_reason(places, document, half):
    made = share(places, document)

    with pytest.raises(IntegrityError, match="documents_share_"), transaction.atomic():
        DocumentShare.objects.filter(pk=made.pk).update(**half)
