"""Text of a Word file that goes into a section of somebody else: said before, and told to them afterwards."""

import datetime as dt

import pytest

from partnership.documents import selectors as documents
from partnership.drafting import selectors as drafting
from partnership.drafting import services as sharing
from partnership.drafting.services import Owner
from partnership.notices.models import Notice
from partnership.word import services
from partnership.word.models import WordImport
from tests import told as telling
from tests import worlds
from tests.apps.word.test_pages import at, client_of, text
from tests.apps.word.test_services import choice, section, uploaded

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 9, 24)


@pytest.fixture
def word(world) -> WordImport:
    """The foreword is with Dev, the section on impact with Dev as well, training with Gwen, who uploads."""
    document = worlds.begun(world)
    world.documents["report"] = document
    owners = {"foreword": Owner(world.dev), "impact": Owner(world.dev), "training": Owner(world.gwen)}
    seen = drafting.mark_of(document)
    sharing.share_out(document=document, owners=owners, due_on=DUE, seen=seen, by=world.gwen)
    return uploaded(world)


def told() -> list[Notice]:
    return list(telling.of("section-text_put_in").select_related("person"))


def test_the_page_says_before_with_whom_a_section_is_and_until_when(world, word):
    page = text(client_of(world.gwen).get(at("import", word.document, word.pk)))
    title = section(word, "foreword").title
    assert f"“{title}” is with Dev until 24 September 2026." in page
    assert f">{title} (with Dev until 24 September 2026)</option>" in page
    assert "with Gwen" not in page

    task = drafting.tasks_of(word.document).get(section_key="foreword")
    sharing.hand_in(task=task, by=world.dev)
    own = text(client_of(world.dev).get(at("import", word.document, word.pk)))
    assert "with Dev" not in own
    assert f"“{section(word, 'training').title}” is with Gwen until 24 September 2026." in own
    again = text(client_of(world.gwen).get(at("import", word.document, word.pk)))
    assert f"“{title}” is with Dev and handed in on 14 September 2026." in again


def test_an_owner_is_told_in_one_mail_of_what_somebody_else_put_in(world, word):
    services.take(word=word, choice=choice(word, Foreword="foreword", Training="training"), by=world.gwen)
    (mail,) = told()
    assert mail.person == world.dev
    assert mail.title == f"Ashdown: text was put into “{section(word, 'foreword').title}”"
    assert "Gwen put text from a Word file into a section of the yearly report 2025-26 of Ashdown" in mail.text
    assert section(word, "foreword").body[:20] not in mail.text


def test_whoever_puts_text_into_their_own_section_or_leaves_it_out_tells_nobody(world, word):
    services.take(word=word, choice=choice(word, Foreword="foreword"), by=world.dev)
    services.take(word=word, choice=choice(word, Training="out"), by=world.gwen)
    assert told() == []


def test_nobody_is_told_of_a_text_that_was_kept_aside(world, word):
    foreword = documents.draft(word.document).sections.get(key="foreword")
    worlds.write(foreword, "Dev was here.", world.dev)
    done = services.take(
        word=word, choice=choice(word, replaces=True, seen={"foreword": 0}, Foreword="foreword"), by=world.gwen
    )
    assert done.aside
    assert told() == []
