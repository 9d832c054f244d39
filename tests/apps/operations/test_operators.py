"""Who operates the service: a dated grant on record, given and ended by a command, with no right in any area."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.accounts import invitations, selectors, services
from partnership.accounts.models import Operator, User
from partnership.areas import access
from partnership.audit import presenters
from partnership.audit.models import AuditEntry
from partnership.errors import Conflict, WrongState
from partnership.mail.models import OutgoingMail
from tests import worlds

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)
DAY = timedelta(days=1)


def grant(person, **more):
    return services.grant_operator(**{"person": person, "since": TODAY, "reason": "Runs it.", "by": "Ada", **more})


def end(row, **more):
    return services.end_operator(**{"operator": row, "because": "Left.", "by": "Ada", **more})


def operates_on(person, day):
    with clock.frozen(clock.now() + (day - TODAY)):
        return selectors.operates(person)


def test_a_grant_holds_from_its_first_day_until_before_its_last():
    ros = worlds.person("Ros")
    grant(ros, since=TODAY + DAY, until=TODAY + 3 * DAY)

    assert [operates_on(ros, TODAY + n * DAY) for n in range(5)] == [False, True, True, False, False]
    assert selectors.operates_now_or_later(ros)


def test_a_grant_that_is_ended_opens_nothing_from_that_moment():
    row = grant(worlds.person("Ros"))

    end(row)

    assert not selectors.operates(row.person)
    assert not selectors.operates_now_or_later(row.person)


def test_an_end_may_lie_ahead():
    row = grant(worlds.person("Ros"))

    end(row, on=TODAY + DAY)

    assert selectors.operates(row.person)
    assert not operates_on(row.person, TODAY + DAY)


def test_a_grant_that_has_not_begun_and_is_ended_never_begins():
    row = end(grant(worlds.person("Ros"), since=TODAY + 5 * DAY))

    assert row.until == row.since
    assert not operates_on(row.person, TODAY + 5 * DAY)
    assert not selectors.operates_now_or_later(row.person)


def test_a_closed_account_operates_nothing():
    row = grant(worlds.person("Ros"))
    User.objects.filter(pk=row.person_id).update(is_active=False)

    assert not selectors.operates(row.person)


def test_both_acts_are_on_record_with_the_name_of_who_did_them():
    row = end(grant(worlds.person("Ros")), by="Grace")

    told = [presenters.sentence(entry) for entry in AuditEntry.objects.filter(event__startswith="operator.")]

    assert sorted(told) == [
        "Ada recorded Ros as an operator of the service from 14 September 2026: Runs it.",
        "Grace recorded 14 September 2026 as the first day on which Ros is no operator any more: Left.",
    ]
    assert (row.granted_by, row.ended_by, row.ended_at) == ("Ada", "Grace", clock.now())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"since": TODAY - DAY}, "begins today or later"),
        ({"until": TODAY}, "must be later"),
        ({"by": "  "}, "Say who you are"),
        ({"reason": ""}, "Say who you are and why"),
        ({"reason": "x" * 301}, "at most"),
    ],
)
def test_what_cannot_be_granted_is_said(change, sentence):
    with pytest.raises(WrongState, match=sentence):
        grant(worlds.person("Ros"), **change)


def test_nobody_is_granted_it_twice_in_the_same_days():
    ros = worlds.person("Ros")
    grant(ros, until=TODAY + 5 * DAY)

    with pytest.raises(Conflict, match="in these days already"):
        grant(ros, since=TODAY + 4 * DAY)
    grant(ros, since=TODAY + 5 * DAY)


def test_a_closed_account_is_granted_nothing():
    ros = worlds.person("Ros")
    ros.is_active = False

    with pytest.raises(WrongState, match="is closed"):
        grant(ros)


def test_what_was_ended_is_not_ended_again_and_no_day_before_today_is_taken():
    row = grant(worlds.person("Ros"), until=TODAY + 5 * DAY)
    with pytest.raises(WrongState, match="today or later"):
        end(row, on=TODAY - DAY)
    with pytest.raises(WrongState, match="is over on 19 September 2026 anyway"):
        end(row, on=TODAY + 6 * DAY)
    end(row)

    with pytest.raises(Conflict, match="was ended already, by Ada"):
        end(row)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"reason": ""}, "accounts_operator_says_why_and_who"),
        ({"until": TODAY - DAY}, "accounts_operator_ends_after_it_began"),
        ({"ended_by": "Ada"}, "accounts_operator_ended_at_and_by"),
        ({"ended_by": "Ada", "ended_because": "Left.", "ended_at": "2026-09-14T10:00Z"}, "accounts_operator_ended_at"),
    ],
)
def test_the_database_refuses_nonsense(change, rule):
    with pytest.raises(IntegrityError, match=rule):
        Operator.objects.create(
            **{"person": worlds.person("Ros"), "since": TODAY, "reason": "x", "granted_by": "Ada", **change}
        )


@pytest.mark.parametrize("change", [{"reason": "Another."}, {"until": TODAY + DAY}, {"since": TODAY + DAY}])
def test_a_grant_is_never_rewritten_nor_removed(change):
    row = grant(worlds.person("Ros"))

    with pytest.raises(IntegrityError, match="accounts_operator_is_kept"), transaction.atomic():
        Operator.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(IntegrityError, match="accounts_operator_is_kept"):
        row.delete()


def test_no_right_in_any_area_comes_with_it(client, world):
    ros = worlds.operator()
    client.force_login(ros)

    assert not access.areas_for(ros).exists()
    for path in ("", "people/", "documents/", "duties/", "submissions/"):
        assert client.get(f"/areas/{world.area.slug}/{path}").status_code == 404
    home = client.get("/").content.decode()
    assert "You operate this service" in home
    assert 'href="/operations/"' in home
    assert world.area.name not in home


def test_the_command_grants_lists_and_ends(capsys):
    ros = worlds.person("Ros")

    call_command("operator", "grant", ros.email.upper(), "--reason", "Runs it.", "--by", "Ada")
    row = Operator.objects.get()
    assert capsys.readouterr().out == (
        f"Ros operates the service from 14 September 2026. End it with: operator end {row.pk}\n"
    )

    call_command("operator", "end", str(row.pk), "--reason", "Left.", "--by", "Grace", "--on", "2026-09-20")
    assert "until before 20 September 2026" in capsys.readouterr().out
    call_command("operator", "list")
    told = capsys.readouterr().out
    assert f"{row.pk}  Ros  {ros.email}" in told
    assert "granted by Ada on 2026-09-14: Runs it." in told
    assert "ended by Grace on 2026-09-14: Left." in told


def test_whoever_has_no_account_is_invited_to_one_that_opens_nothing_else(capsys):
    call_command(
        "operator", "grant", "new@it.example", "--name", "Nia New", "--reason", "Runs it.", "--by", "Ada"
    )  # fmt: skip

    nia = User.objects.get(email="new@it.example")
    letter = OutgoingMail.objects.get(to=nia.email)
    token = letter.text.partition("/people/invitations/")[2].partition("/")[0]
    assert invitations.holder(token) == nia
    end(Operator.objects.get())
    assert invitations.holder(token) is None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["grant", "new@it.example"], "Give a name with --name"),
        (["grant", "nonsense", "--name", "N"], "is no email address"),
        (["end", "4711"], "There is no grant 4711"),
    ],
)
def test_the_command_says_what_it_cannot_do_and_leaves_nothing_behind(words, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("operator", *words, "--reason", "x", "--by", "Ada")

    assert not Operator.objects.exists()
    assert not User.objects.exists()


def test_an_invitation_goes_only_with_the_grant():
    with pytest.raises(CommandError, match="begins today or later"):
        call_command(
            "operator", "grant", "new@it.example", "--name", "N", "--from", "2026-09-01", "--reason", "x", "--by", "A"
        )  # fmt: skip

    assert not User.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_the_list_is_empty_in_a_sentence(capsys):
    call_command("operator", "list")

    assert capsys.readouterr().out == "Nobody operates the service. See: operator grant\n"
