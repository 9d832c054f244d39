"""A clerical edition: facts alone are put right, the partners of today accept it, and nothing else may change."""

import pytest

from partnership.areas.models import AgencyKind
from partnership.areas.roles import Office
from partnership.documents import content, services
from partnership.errors import Incomplete, NotAllowed, WrongState
from partnership.living import clerical
from partnership.living import services as living
from partnership.living.models import StaleFlag
from tests import worlds
from tests.apps.living.published import compare, end, public_page, publish, replaced, signed_and_published, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return worlds.area_with_its_cast()


def test_a_clerical_edition_is_signed_by_the_partners_of_today_under_its_own_statement(world):
    version = replaced(world)
    edition = living.begin_clerical_edition(version=version, by=world.gwen)

    newer = signed_and_published(world, edition.version)
    said = newer.sign_offs.get(seat=world.police)

    assert [flag.fact for flag in edition.flags.all()] == ["lsp police"]
    assert said.person_name == "Nia"
    assert said.statement.startswith("This is a clerical edition. It differs from the edition that was published on")
    assert "Lead safeguarding partner for Ashdown Police: Nia (before: Cerys)" in said.statement
    assert newer.sign_offs.count() == 3
    assert not StaleFlag.objects.filter(closed_at=None).exists()
    page = public_page(newer)
    assert "This is a clerical edition." in page and "Correct on" not in page


@pytest.mark.parametrize(
    "body",
    [
        "The police are led by {{lsp police}} this year.",
        "The police are led by Nia.",
        "The police are led by {{chair}}.",
    ],
)
def test_a_clerical_edition_with_a_changed_sentence_is_refused(world, body):
    edition = living.begin_clerical_edition(version=replaced(world), by=world.gwen)
    write(edition.version, "leadership", body, world.gwen)

    with pytest.raises(Incomplete) as refusal:
        services.send_for_sign_off(version=edition.version, by=world.gwen)

    assert any("a clerical edition changes facts alone" in problem.sentence for problem in refusal.value.problems)
    write(edition.version, "leadership", "The police are led by {{lsp police}}.", world.gwen)
    assert not clerical.problems(edition.version)


def test_a_clerical_edition_that_was_returned_goes_on_as_one(world):
    edition = living.begin_clerical_edition(version=replaced(world), by=world.gwen)
    first = services.send_for_sign_off(version=edition.version, by=world.gwen)
    draft = services.return_for_changes(version=first, seat=world.health, reason="Ask her first.", by=world.ben)

    write(draft, "leadership", "Nia leads.", world.gwen)
    assert any("a clerical edition changes facts alone" in problem.sentence for problem in clerical.problems(draft))
    write(draft, "leadership", "The police are led by {{lsp police}}.", world.gwen)
    newer = signed_and_published(world, draft)

    assert "Nia (before: Cerys)" in newer.sign_offs.get(seat=world.council).statement
    assert "This is a clerical edition." in public_page(newer)


def test_a_clerical_edition_waits_for_a_vacant_office_and_for_whoever_may_begin_it(world):
    version = publish(world, {"leadership": "{{lsp police}}"})
    with pytest.raises(WrongState, match="nothing to put right"):
        living.begin_clerical_edition(version=version, by=world.gwen)
    end(Office.LSP, world.police)
    compare()

    with pytest.raises(WrongState, match="Fill the office first"):
        living.begin_clerical_edition(version=version, by=world.gwen)
    with pytest.raises(NotAllowed):
        living.begin_clerical_edition(version=version, by=world.amina)


def test_a_partner_who_joins_while_it_is_written_stops_a_clerical_edition(world):
    edition = living.begin_clerical_edition(version=replaced(world), by=world.gwen)
    worlds.seat(world.area, "Second Ashdown Council", AgencyKind.LOCAL_AUTHORITY)

    assert any("not those who signed" in problem.sentence for problem in content.problems(edition.version))
