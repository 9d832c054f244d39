"""The pages: what the last one brings, what was carried, and saying that it is still true."""

from datetime import timedelta

import pytest

from partnership import clock
from partnership.areas.roles import Office
from partnership.carrying import selectors
from partnership.documents.models import Document
from partnership.drafting import selectors as drafting
from partnership.drafting.services import owning
from tests import worlds
from tests.apps.carrying import rolled

pytestmark = pytest.mark.django_db


def base(world: worlds.World) -> str:
    return f"/areas/{world.area.slug}"


def test_the_page_to_begin_offers_the_last_one_and_shows_what_it_brings(world, client):
    client.force_login(world.gwen)
    begin = f"{base(world)}/documents/begin/yearly-report/"
    assert "From the last one" not in client.get(begin).content.decode()
    version = rolled.last_year(world)
    page = client.get(begin).content.decode()
    assert page.index("Begin 2025-26 from Yearly report 2024-25") < page.index("Begin it with empty sections")
    where = f"{begin}from-last/"
    shown = client.get(f"{where}?period=2025-26").content.decode()
    assert "each to be changed or confirmed" in shown
    assert "1 explanation of what is not met" in shown
    assert Document.objects.count() == 1
    answer = client.post(where, {"period": "2025-26", "source": version.pk}, follow=True)
    assert "Yearly report 2025-26 is begun." in answer.content.decode()
    again = client.post(where, {"period": "2025-26", "source": version.pk}, follow=True)
    assert "has been begun already" in again.content.decode()
    assert Document.objects.count() == 2


def test_what_can_be_rolled_forward_and_from_when_is_said_where_one_is_begun(world, client):
    client.force_login(world.gwen)
    rolled.last_year(world)
    begin = f"{base(world)}/documents/begin/yearly-report/"
    assert "A new one can be rolled forward from the last." in client.get(f"{base(world)}/documents/").content.decode()
    page = client.get(begin).content.decode()
    assert "A yearly report can be begun when its year is over: that of 2026-27 from 1 April 2027." in page
    assert "A new one can be rolled forward from Yearly report 2024-25." in page
    rolled.roll(world)
    page = client.get(begin).content.decode()
    assert "When the next period can be begun, it can be rolled forward from Yearly report 2025-26." in page
    assert "from-last/" not in page


def test_a_carried_section_is_not_called_saved_before_somebody_saves_it(world, client):
    rolled.last_year(world)
    document = rolled.roll(world).document
    client.force_login(world.gwen)
    where = f"{base(world)}/yearly-report/2025-26/sections/year_at_a_glance/"
    page = client.get(where).content.decode()
    assert "Carried from Yearly report 2024-25." in page and "Last saved by" not in page
    with clock.frozen(clock.now() + timedelta(hours=1)):
        worlds.write(rolled.draft_of(document).sections.get(key="year_at_a_glance"), "New words.", world.gwen)
        page = client.get(where).content.decode()
    assert "Last saved by" in page and "Carried from Yearly" not in page


def test_who_hands_in_a_section_is_told_what_was_carried_and_still_waits_there(world, client):
    rolled.last_year(world)
    document = rolled.roll(world).document
    owner = owning.Owner(office=Office.BUSINESS_MANAGER)
    due = clock.today() + timedelta(days=10)
    owning.share_out(
        document=document,
        owners={"year_at_a_glance": owner},
        due_on=due,
        seen=drafting.mark_of(document),
        by=world.gwen,
    )
    client.force_login(world.gwen)

    def hand_in():
        task = drafting.tasks_of(document).get(section_key="year_at_a_glance")
        return client.post(
            f"{base(world)}/yearly-report/2025-26/owners/{task.pk}/hand-in/", follow=True
        ).content.decode()

    needs_more = "Before the document can be sent for sign-off, this section needs more. "
    assert f"{needs_more}4 carried passages are neither changed nor confirmed to be still true." in hand_in()
    worlds.write(rolled.draft_of(document).sections.get(key="year_at_a_glance"), "New words.", world.gwen)
    assert needs_more not in hand_in()


def test_another_text_of_the_last_one_is_shown_before_it_is_taken(world, client):
    client.force_login(world.gwen)
    rolled.last_year(world)
    where = f"{base(world)}/documents/begin/yearly-report/from-last/"
    answer = client.post(where, {"period": "2025-26", "source": 987654})
    assert answer.status_code == 409
    assert "There is a newer text of the last document" in answer.content.decode()
    assert client.get(f"{where}?period=2050-51").status_code == 302


def test_passages_are_shown_with_what_is_last_years_and_confirmed(world, client):
    rolled.last_year(world)
    document = rolled.roll(world).document
    client.force_login(world.dev)
    where = f"{base(world)}/yearly-report/2025-26/carried/"
    page = client.get(where).content.decode()
    assert "4 to confirm" in page
    section = f"{where}year_at_a_glance/"
    page = client.get(section).content.decode()
    assert "This names the last period: 2024-25." in page
    assert "Figures that may be those of the last period: 34." in page
    rows = [row for row in selectors.waiting(rolled.draft_of(document)) if row.section]
    mine = [row for row in rows if row.section.key == "year_at_a_glance"]
    answer = client.post(f"{where}{mine[0].row.pk}/confirm/", {"section": "year_at_a_glance"}, follow=True)
    assert "Confirmed to be still true." in answer.content.decode()
    assert client.post(section, {"seen": [mine[1].value]}).status_code == 409
    answer = client.post(section, {"seen": [row.value for row in mine[1:]]}, follow=True)
    assert "is confirmed to be still true: 3 passages." in answer.content.decode()
    assert client.get(section).content.decode().count("Still true") == 0


def test_who_reads_and_who_confirms(world, client):
    rolled.last_year(world)
    document = rolled.roll(world).document
    row = selectors.waiting(rolled.draft_of(document))[0].row
    where = f"{base(world)}/yearly-report/2025-26/carried/"
    for who, read, write in ((world.amina, 200, 403), (world.harry, 404, 404), (world.ines, 404, 404)):
        client.force_login(who)
        assert client.get(where).status_code == read
        assert client.get(f"{where}foreword/").status_code == read
        assert client.post(f"{where}foreword/").status_code == write
        assert client.post(f"{where}{row.pk}/confirm/").status_code == write
    client.force_login(world.amina)
    assert ">Still true" not in client.get(f"{where}foreword/").content.decode()


def test_a_document_that_was_begun_plainly_has_none_of_these_pages(world, client):
    worlds.begun(world)
    client.force_login(world.gwen)
    assert client.get(f"{base(world)}/yearly-report/2025-26/carried/").status_code == 404
    assert "Carried from the last one" not in client.get(f"{base(world)}/yearly-report/2025-26/").content.decode()
