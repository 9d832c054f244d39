"""The pages of a list: choose it, look at what it would change, confirm. Without a script, in three answers."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.accounts.models import User
from partnership.areas import services
from partnership.areas.models import Appointment, MemberImport
from partnership.areas.roles import Office
from tests.apps.areas import lists

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, world):
    client.force_login(world.gwen)
    return f"/areas/{world.area.slug}/people/import/"


def upload(client, page, data, name="members.csv", follow=True):
    return client.post(page, {"list": SimpleUploadedFile(name, data)}, follow=follow)


def text(answer):
    return " ".join(answer.content.decode().split())


def confirm(client, answer, **more):
    form = {"seen": answer.context["seal"], "act": "record", **more}
    return client.post(answer.request["PATH_INFO"], form, follow=True)


def test_the_register_leads_to_the_list_and_its_files(client, world, page):
    found = text(client.get(f"/areas/{world.area.slug}/people/?on=2026-04-01"))

    assert f'href="{page}"' in found
    assert 'people.csv?on=2026-04-01"' in found and 'people.xlsx?on=2026-04-01"' in found
    client.force_login(world.dev)
    assert f'href="{page}"' not in text(client.get(f"/areas/{world.area.slug}/people/"))


def test_the_page_describes_the_columns_and_gives_an_empty_list(client, page):
    found = text(client.get(page))
    template = client.get(f"{page}template.csv")

    assert "As it is called in the register." in found
    assert template.content.decode("utf-8-sig").startswith("Name,Email,Office,Agency,Sub-group,Job title,First day,")
    assert "holds no rows" in text(upload(client, page, template.content))


def test_a_list_is_looked_at_before_anything_is_recorded(client, world, page):
    answer = upload(
        client, page,
        lists.as_csv(
            lists.row(),
            lists.row(name="Ines", email=world.ines.email, office="observer"),
            lists.row(name="Dev", email=world.dev.email, office="DSP", agency="Ashdown Council"),
            lists.row(email="x@practice.example", office="Wizard"),
        ),
    )  # fmt: skip

    found = text(answer)
    assert answer.redirect_chain[0][0].endswith(f"/import/{MemberImport.objects.get().pk}/")
    assert "Nothing is recorded yet." in found
    assert "New person: gets an invitation." in found
    assert "Recorded already, from 1 January 2024." in found
    assert "Office: “Wizard” is no office that can be recorded." in found
    assert "with an invitation to 1 new person" in found
    assert "Record the 2 rows without errors" in found
    assert not User.objects.filter(email="nia@practice.example").exists()


def test_who_is_in_the_register_and_not_in_the_file_is_listed(client, world, page):
    dev = lists.row(name="Dev", email=world.dev.email, office="DSP", agency="Ashdown Council")
    answer = upload(client, page, lists.as_csv(dev))

    missing = {held.person for held in answer.context["list"].missing}

    assert "They are left as they are." in text(answer)
    assert world.amina in missing and world.dev not in missing


def test_a_confirmed_list_is_recorded_and_what_was_not_is_listed_again(client, world, page):
    answer = upload(client, page, lists.as_csv(lists.row(), lists.row(email="x@practice.example", office="Wizard")))

    done = confirm(client, answer)

    found = text(done)
    assert done.status_code == 200
    assert "1 appointment is recorded." in found
    assert "The rows below were not recorded." in found
    assert "“Wizard” is no office" in found and "Nia Rees" not in found.split("<table")[1].split("row-3")[0]
    assert Appointment.objects.filter(office=Office.BUSINESS_SUPPORT).count() == 1


def test_a_second_click_shows_the_same_and_records_nothing(client, page):
    answer = upload(client, page, lists.as_csv(lists.row()))

    once, twice = confirm(client, answer), confirm(client, answer)

    assert "1 appointment is recorded." in text(twice) and once.status_code == twice.status_code == 200
    assert Appointment.objects.filter(office=Office.BUSINESS_SUPPORT).count() == 1


def test_a_register_that_changed_meanwhile_is_answered_with_the_list_anew(client, world, page):
    answer = upload(client, page, lists.as_csv(lists.row()))
    services.appoint_by_address(
        email="nia@practice.example", name="Nia Rees", area=world.area, office=Office.BUSINESS_SUPPORT,
        since=date(2026, 9, 1), authority="Letter", by=world.gwen,
    )  # fmt: skip

    done = confirm(client, answer)

    assert done.status_code == 409
    assert "The register changed while you were reading. Nothing was recorded." in text(done)
    assert "Recorded already, from 1 September 2026." in text(done)


def test_a_list_can_be_thrown_away(client, page):
    answer = upload(client, page, lists.as_csv(lists.row()))

    gone = confirm(client, answer, act="discard")
    again = confirm(client, answer, act="discard")

    assert "The list is thrown away. Nothing of it was recorded." in text(gone)
    assert "That list is not kept any more. Upload it again." in text(again)
    assert not MemberImport.objects.exists()


def test_a_list_of_somebody_else_is_not_shown(client, world, page):
    answer = upload(client, page, lists.as_csv(lists.row()))
    client.force_login(world.eve)

    found = client.get(answer.request["PATH_INFO"], follow=True)

    assert "That list is not kept any more." in text(found)
    assert "Nia" not in text(found)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("m.csv", b"Name,Email\0", "holds characters that no text has"),
        ("m.pdf", b"%PDF", "must be a list as CSV (.csv) or an Excel workbook (.xlsx)"),
        ("m.csv", b"", "The file you chose is empty."),
        ("m.csv", b"x" * (8 * 1024 * 1024 + 1), "The file must be smaller than 8 MB."),
    ],
)
def test_a_file_that_is_no_list_is_answered_at_its_field(client, page, name, data, sentence):
    answer = upload(client, page, data, name)

    assert answer.status_code == 200
    assert sentence in text(answer)
    assert 'href="#id_list"' in text(answer)
    assert not MemberImport.objects.exists()


def test_without_a_file_the_page_asks_for_one(client, page):
    assert "Choose the file with the list" in text(client.post(page, {}))


def test_what_a_list_says_is_shown_and_never_run(client, page):
    bad = "<script>alert(1)</script>"

    answer = upload(client, page, lists.as_csv(lists.row(name=bad, agency=bad, office=bad)), f"{bad}.csv")

    assert bad not in answer.content.decode()
    assert "&lt;script&gt;" in answer.content.decode()


def test_more_rows_cost_no_more_queries(client, page):
    def queries(how_many):
        rows = [lists.row(name=f"P {number}", email=f"p{number}@practice.example") for number in range(how_many)]
        answer = upload(client, page, lists.as_csv(*rows))
        with CaptureQueriesContext(connection) as captured:
            client.get(answer.request["PATH_INFO"])
        return len(captured)

    few, many = queries(3), queries(300)

    assert few == many <= 30


def test_a_list_that_was_emptied_after_its_day_still_says_what_it_recorded(client, page):
    answer = upload(client, page, lists.as_csv(lists.row()))
    confirm(client, answer)
    MemberImport.objects.update(rows=[], notes=[])

    found = text(client.get(answer.request["PATH_INFO"]))

    assert "Recorded on 14 September 2026: 1 appointment." in found
