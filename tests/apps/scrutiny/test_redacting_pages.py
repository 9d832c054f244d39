"""The pages on which each side takes words out of what it said, and what the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnership.documents import services as documents
from partnership.documents.models import Ground
from scrutiny.models import Redaction
from tests import worlds
from tests.apps.scrutiny import sealed, talk
from tests.apps.scrutiny.sealed import ANSWER, CHALLENGE, NAME, VIEW, WHY, passages, take_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(world):
    return sealed.sealed(world)


def at(world, name, *args):
    return reverse(f"scrutiny:{name}", args=[world.area.slug, "yearly-report/2025-26", *args])


def answer_of(document, agency):
    return next(row.answer.pk for row in passages(document) if row.answer and agency in row.answer.agency_name)


def test_each_reads_and_takes_words_out_of_what_their_own_side_said(world, document, client):
    seen = {}
    for name in ("femi", "dev", "eve", "gwen", "amina", "ben"):
        client.force_login(getattr(world, name))
        page = client.get(at(world, "redactions")).content.decode()
        seen[name] = [words in page for words in (CHALLENGE, ANSWER, "The police agree.", VIEW)]
    assert seen == {
        "femi": [True, False, False, True],
        "dev": [False, True, False, False],
        "eve": [False, False, True, False],
        "gwen": [False] * 4,
        "amina": [False] * 4,
        "ben": [False] * 4,
    }


def test_a_delegated_partner_comes_from_the_document_to_the_words_of_their_agency(world, document, client):
    client.force_login(world.dev)
    where = reverse("documents:document", args=[world.area.slug, "yearly-report/2025-26"])
    assert at(world, "redactions") in client.get(where).content.decode()
    form = at(world, "redact_answer", 1, answer_of(document, "Council"))
    assert form in client.get(at(world, "redactions")).content.decode()
    done = client.post(form, {"words": "We met [a person].", "reason": WHY, "seen": "0"}, follow=True).content.decode()
    assert "Words were taken out of the answer of Ashdown Council to challenge 1." in done
    assert NAME not in done and "We met [a person]." in done


def test_of_a_document_that_is_not_sealed_no_page_leads_there(world, client):
    sealed.published(world)
    client.force_login(world.femi)
    for name in ("documents:document", "scrutiny:challenges"):
        page = client.get(reverse(name, args=[world.area.slug, "yearly-report/2025-26"])).content.decode()
        assert at(world, "redactions") not in page
    page = client.get(at(world, "redactions")).content.decode()
    assert "What was said stays as it was written." in page and "Take words out<" not in page
    assert client.get(at(world, "redact_challenge", 1)).status_code == 409


@pytest.mark.parametrize(
    ("name", "codes"),
    [("femi", (200, 200, 403)), ("dev", (403, 403, 200)), ("eve", (403, 403, 403)), ("gwen", (403, 403, 403))],
)
def test_a_page_of_another_side_stays_shut(world, document, client, name, codes):
    client.force_login(getattr(world, name))
    pages = [at(world, "redact_challenge", 1), at(world, "redact_view", 1)]
    pages.append(at(world, "redact_answer", 1, answer_of(document, "Council")))
    assert tuple(client.get(page).status_code for page in pages) == codes
    sent = {"words": "[Gone]", "reason": WHY, "seen": "0"}
    answers = [client.post(page, sent).status_code for page in pages]
    assert [status == 302 for status in answers] == [code == 200 for code in codes]
    assert Redaction.objects.count() == codes.count(200)


def test_somebody_of_another_area_finds_no_page_and_a_passage_that_is_not_there_is_not_found(world, document, client):
    client.force_login(world.harry)
    assert client.get(at(world, "redactions")).status_code == 404
    client.force_login(world.femi)
    assert client.get(at(world, "redact_challenge", 9)).status_code == 404
    client.force_login(world.dev)
    assert client.get(at(world, "redact_answer", 1, 0)).status_code == 404


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(world, document, client):
    client.force_login(world.femi)
    where = at(world, "redact_challenge", 1)
    empty = client.post(where, {"words": "", "reason": "", "seen": "0"}).content.decode()
    assert "Write the words that stand in its place." in empty and "Say why words are taken out." in empty
    told = client.post(where, {"words": "[Gone]", "reason": f"It names {NAME}", "seen": "0"})
    page = told.content.decode()
    assert told.status_code == 409 and "The reason repeats something that is taken out." in page
    assert "[Gone]" in page and 'href="#id_reason"' in page


def test_words_given_meanwhile_are_shown_and_the_next_sending_is_on_top_of_them(world, document, client):
    client.force_login(world.femi)
    where = at(world, "redact_challenge", 1)
    take_out(passages(document)[0], world.femi, "Why was [a child] not heard?")
    clash = client.post(where, {"words": "[Gone]", "reason": WHY, "seen": "0"})
    page = clash.content.decode()
    assert clash.status_code == 409 and "Other words were given since" in page
    assert "Why was [a child] not heard?" in page and "[Gone]" in page
    seen = Redaction.objects.get().pk
    assert f'value="{seen}"' in page
    assert client.post(where, {"words": "[Gone]", "reason": WHY, "seen": str(seen)}).status_code == 302


def test_the_list_tells_the_story_without_a_word_of_what_went(world, document, client):
    take_out(passages(document)[0], world.femi, "Why was [a child] not heard?")
    take_out(passages(document)[0], world.femi, "[Taken out]")
    client.force_login(world.ben)
    page = client.get(at(world, "redactions")).content.decode()
    assert page.count("Some words were taken out on 14 September 2026") == 2
    assert page.count("Other words have been given since.") == 1 and WHY in page
    assert "[Taken out]" not in page and "[a child]" not in page and NAME not in page


def forge(passage, by, **more):
    said = {"words": "[Gone]", "reason": WHY, "redacted_as": "the independent scrutineer", "redacted_by": by}
    return Redaction.objects.create(**{**passage.of, **said, **more})


def is_refused(rule):
    return pytest.raises(IntegrityError, match=rule)


@pytest.mark.parametrize("name", ["amina", "dev", "eve", "gwen", "harry"])
def test_the_database_refuses_a_challenge_redacted_by_a_partner(world, document, name):
    for which in (0, 3):
        with is_refused("scrutiny_redaction_by_its_own_side"), transaction.atomic():
            forge(passages(document)[which], getattr(world, name))


@pytest.mark.parametrize("name", ["amina", "eve", "femi", "gwen"])
def test_the_database_refuses_an_answer_redacted_by_another_side(world, document, name):
    with is_refused("scrutiny_redaction_by_its_own_side"), transaction.atomic():
        forge(passages(document)[1], getattr(world, name))


@pytest.mark.parametrize("change", [{"words": " \n"}, {"reason": " "}])
def test_the_database_refuses_what_says_nothing(world, document, change):
    with is_refused("scrutiny_redaction_"), transaction.atomic():
        forge(passages(document)[0], world.femi, **change)


def test_the_database_refuses_two_passages_at_once_and_none(world, document):
    first, answer = passages(document)[0], passages(document)[1]
    with is_refused("scrutiny_redaction_of_one_passage"), transaction.atomic():
        forge(first, world.femi, view_of=first.challenge)
    with is_refused("scrutiny_redaction_of_one_passage"), transaction.atomic():
        forge(answer, world.dev, text_of=answer.challenge)
    with is_refused("scrutiny_redaction_"), transaction.atomic():
        forge(first, world.femi, text_of=None)


def test_the_database_refuses_words_taken_out_of_what_is_public_or_was_never_sealed(world):
    version = sealed.published(world)
    with is_refused("scrutiny_redaction_while_sealed"), transaction.atomic():
        forge(passages(version.document)[0], world.femi)
    documents.take_down(version=version, ground=Ground.ERROR, note="Wrong.", by=world.eve)
    with is_refused("scrutiny_redaction_while_sealed"), transaction.atomic():
        forge(passages(version.document)[0], world.femi)


def test_the_database_refuses_a_view_of_a_challenge_that_is_open(world, document):
    draft = worlds.correct(document.versions.get(number=1), world.gwen)
    challenge = talk.challenge(world, draft.document, "And now?")
    with is_refused("scrutiny_redaction_of_what_was_said"), transaction.atomic():
        forge(passages(document)[0], world.femi, text_of=None, view_of=challenge)


def test_what_was_given_stays(world, document):
    row = take_out(passages(document)[0], world.femi)
    with is_refused("scrutiny_words_stay"), transaction.atomic():
        Redaction.objects.filter(pk=row.pk).update(words="Other")
    with is_refused("scrutiny_words_stay"), transaction.atomic():
        row.delete()
