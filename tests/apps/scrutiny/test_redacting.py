"""Words are taken out of what was said by its own side alone, while the text is sealed; and everybody reads that they were."""

import io
import json
from datetime import timedelta

import docx
import pypdf
import pytest
from django.urls import reverse

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.audit import presenters
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.documents import canonical, compare, content
from partnership.documents import services as documents
from partnership.documents.models import Ground
from partnership.errors import Conflict, NotAllowed, WrongState
from scrutiny import selectors
from scrutiny.models import Redaction
from tests import told as telling
from tests import worlds
from tests.apps.scrutiny import sealed, talk
from tests.apps.scrutiny.sealed import NAME, WHY, passages, take_out

pytestmark = pytest.mark.django_db
MARK = "Some words were taken out on 14 September 2026 by the independent scrutineer."
COUNCIL_MARK = (
    "Some words were taken out on 14 September 2026 by the delegated safeguarding partner of Ashdown Council."
)
TEXT, COUNCIL, POLICE, VIEW = range(4)


@pytest.fixture
def document(world):
    return sealed.sealed(world)


@pytest.mark.parametrize("which", [TEXT, VIEW])
@pytest.mark.parametrize("name", ["amina", "dev", "eve", "gwen", "harry", "ines"])
def test_nobody_but_the_scrutineer_takes_words_out_of_what_the_scrutineer_said(world, document, which, name):
    with pytest.raises(NotAllowed, match="an independent scrutineer"):
        take_out(passages(document)[which], getattr(world, name))
    assert not Redaction.objects.exists()


@pytest.mark.parametrize("name", ["amina", "eve", "femi", "gwen", "harry"])
def test_nobody_but_the_delegated_partner_of_the_agency_takes_words_out_of_its_answer(world, document, name):
    with pytest.raises(NotAllowed, match="Only the delegated safeguarding partner of Ashdown Council"):
        take_out(passages(document)[COUNCIL], getattr(world, name))
    assert not Redaction.objects.exists()


def test_a_scrutineer_who_has_left_leaves_it_to_their_successor(world, document):
    areas.end_appointment(appointment=Appointment.objects.get(person=world.femi), until=clock.today(), by=world.gwen)
    worlds.appoint(world.ines, Office.SCRUTINEER, world.area, since=clock.today())

    with pytest.raises(NotAllowed):
        take_out(passages(document)[TEXT], world.femi)
    assert take_out(passages(document)[TEXT], world.ines).redacted_as == "the independent scrutineer"


def test_whoever_stands_in_for_the_agency_today_answers_for_its_words(world, document):
    areas.end_appointment(appointment=Appointment.objects.get(person=world.dev), until=clock.today(), by=world.gwen)
    worlds.appoint(world.ines, Office.DSP, world.area, world.council, since=clock.today(), basis="interim")

    take_out(passages(document)[COUNCIL], world.ines)
    assert passages(document)[COUNCIL].as_read == "[A name was taken out]"


def test_words_are_taken_out_only_while_the_text_is_sealed_and_none_is_public(world):
    version = sealed.published(world)
    with pytest.raises(WrongState, match="Words are taken out only of a document that was withdrawn"):
        take_out(passages(version.document)[TEXT], world.femi)
    documents.take_down(version=version, ground=Ground.ERROR, note="It was wrong.", by=world.eve)
    with pytest.raises(WrongState, match="Words are taken out only of a document that was withdrawn"):
        take_out(passages(version.document)[TEXT], world.femi)


def test_once_the_corrected_edition_is_public_what_was_said_stays_again(world, document):
    sealed.take_everything_out(world, document)
    sealed.published_again(world, document)
    with pytest.raises(WrongState, match="Something of this document is public"):
        take_out(passages(document)[TEXT], world.femi, "[Nothing]")


@pytest.mark.parametrize("reason", [f"It names {NAME}.", "It names zebedee.", "It is about elm street."])
def test_the_reason_says_nothing_of_what_was_taken_out(world, document, reason):
    with pytest.raises(WrongState, match="The reason repeats something"):
        take_out(passages(document)[TEXT], world.femi, "Why was [a person] not heard?", reason=reason)
    take_out(
        passages(document)[TEXT], world.femi, "Why was [a person] not heard?", reason="Why: the place and the name."
    )


@pytest.mark.parametrize(
    ("words", "reason", "sentence"),
    [
        (" \n ", WHY, "Write the words"),
        ("[Gone]", "  ", "Say why"),
        ("[Gone]", "x" * 301, "Shorten the reason"),
        (sealed.CHALLENGE, WHY, "Nothing is taken out"),
        ("x" * 5001, WHY, "Shorten the text"),
        ("\u4e00", WHY, "cannot be printed"),
    ],
)
def test_what_says_nothing_or_cannot_be_printed_is_refused(world, document, words, reason, sentence):
    with pytest.raises(WrongState, match=sentence):
        take_out(passages(document)[TEXT], world.femi, words, reason=reason)
    assert not Redaction.objects.exists()


def test_an_open_challenge_has_no_view_to_take_words_out_of(world, document):
    draft = worlds.correct(document.versions.get(number=1), world.gwen)
    talk.challenge(world, draft.document, "And now?")
    passage = selectors.passage_at(document, 2, view=True)
    with pytest.raises(WrongState, match="no view"):
        take_out(passage, world.femi)


def test_a_second_click_is_one_redaction_and_other_words_take_the_place_of_the_first_which_stays(world, document):
    first = take_out(passages(document)[TEXT], world.femi, "Why was [a child] not heard?")
    again = take_out(passages(document)[TEXT], world.femi, "Why was [a child] not heard?", seen=0)
    assert again == first
    second = take_out(passages(document)[TEXT], world.femi, "[Taken out]")

    assert passages(document)[TEXT].as_read == "[Taken out]"
    assert [row.words for row in Redaction.objects.all()] == [first.words, second.words]
    assert AuditEntry.objects.filter(event=Event.WORDS_TAKEN_OUT).count() == 2


def test_words_given_meanwhile_are_not_overwritten_unseen(world, document):
    take_out(passages(document)[TEXT], world.femi, "Why was [a child] not heard?")
    with pytest.raises(Conflict, match="Other words were given"):
        take_out(passages(document)[TEXT], world.femi, "[Taken out]", seen=0)


def test_everybody_concerned_is_told_and_neither_mail_nor_record_holds_a_word_of_it(world, document):
    sealed.take_everything_out(world, document)

    told = telling.of("words_taken_out")
    people = {getattr(world, name).email for name in ("amina", "ben", "cerys", "dev", "eve", "femi", "gwen")}
    assert (
        set(
            told.filter(text__contains="the answer of Ashdown Council to challenge 1").values_list(
                "person__email", flat=True
            )
        )
        == people
    )
    assert told.count() == 3 * len(people)
    words = ("Zebedee", "not heard", "in May", "heard late", "[a person]")
    assert not [row for row in told for word in words if word in f"{row.title}{row.text}"]
    sentences = [presenters.sentence(row) for row in AuditEntry.objects.filter(event=Event.WORDS_TAKEN_OUT)]
    assert f"Femi took words out of challenge 1 on Yearly report 2025-26: {WHY}" in sentences
    assert not any(word in sentence for word in words for sentence in sentences)


def test_nothing_changed_when_the_record_cannot_be_written(world, document, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("scrutiny.services.audit.record", fail)
    with pytest.raises(RuntimeError):
        take_out(passages(document)[TEXT], world.femi)
    assert not Redaction.objects.exists()


def test_what_is_whole_keeps_its_form_and_what_is_not_says_so_in_the_fingerprint(world, document):
    whole = selectors.carried(document.versions.get(number=1))
    assert set(whole[0]) == {"number", "text", "raised_by", "raised_on", "closed", "responses"}
    assert {key for said in whole[0]["responses"] for key in said} == {"text", "position", "by", "on"}
    before = canonical.load(document.versions.get(number=1).content)
    assert before["challenges"] == whole  # nothing new stands in it, so its fingerprint is what it always was

    take_out(passages(document)[COUNCIL], world.dev)
    (challenge,) = selectors.carried(document.versions.get(number=1))
    council, police = challenge["responses"]
    assert (council["redacted_on"], "redacted_on" in police, "redacted_on" in challenge) == ("2026-09-14", False, False)
    assert council["redacted_by"] == "the delegated safeguarding partner of Ashdown Council"
    marked = canonical.fingerprint(canonical.canonical({**before, "challenges": [challenge]}))
    bare = {key: said for key, said in council.items() if not key.startswith("redacted")}
    unmarked = {**challenge, "responses": [bare, police]}
    assert marked != canonical.fingerprint(canonical.canonical({**before, "challenges": [unmarked]}))


def test_a_text_that_was_frozen_before_does_not_go_out_with_what_was_taken_out_since(world, document):
    second = worlds.signed_by_all(world, sealed.sent_again(world, document))
    take_out(passages(document)[VIEW], world.femi)  # the view is printed nowhere
    documents.propose_publication(version=second, by=world.gwen, release_at=clock.now() + timedelta(hours=1))
    take_out(passages(document)[COUNCIL], world.dev)
    with pytest.raises(WrongState, match="after this text was frozen"):
        documents.agree(proposal=second.proposals.get(), by=world.eve)

    documents.return_for_changes(version=second, seat=world.health, reason="It holds old words.", by=world.ben)
    draft = document.versions.get(number=3)
    third = worlds.signed_by_all(world, documents.send_for_sign_off(version=draft, by=world.gwen))
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        worlds.publish(third, world.gwen)
    assert NAME in document.versions.get(number=2).content  # of the challenge, which nobody touched
    assert f"met {NAME}" not in document.versions.get(number=3).content


@pytest.mark.real_pdf
def test_the_corrected_edition_says_it_everywhere_and_nowhere_what_was_taken_out(world, document, client):
    sealed.take_everything_out(world, document)
    version = sealed.published_again(world, document)
    where = f"/published/{world.area.slug}/yearly-report/2025-26/"
    pdf = pypdf.PdfReader(io.BytesIO(client.get(f"{where}document.pdf").content))
    word = docx.Document(io.BytesIO(client.get(f"{where}document.docx").content))
    texts = {
        "page": client.get(where).content.decode(),
        "html": client.get(f"{where}document.html").content.decode(),
        "pdf": " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split()),
        "word": " ".join(paragraph.text for paragraph in word.paragraphs),
    }
    for name, text in texts.items():
        assert NAME not in text, name
        assert MARK in text, name
        assert COUNCIL_MARK in text, name
    attached = pdf.attachments["document.json"][0].decode()
    assert attached == client.get(f"{where}content.json").content.decode() == version.content
    (challenge,) = json.loads(attached)["challenges"]
    assert challenge["text"] == "Why was [a person] not heard?"
    assert challenge["redacted_by"] == "the independent scrutineer"
    assert NAME not in attached
    api = client.get(f"/api/v1/documents/{world.area.slug}/yearly-report/2025-26/").json()
    assert api["content"]["challenges"] == [challenge]


def test_a_comparison_says_it_in_the_sentence_that_its_reader_has(world, document):
    take_out(passages(document)[TEXT], world.femi, "Why was [a person] not heard?")
    draft = worlds.correct(document.versions.get(number=1), world.gwen)
    sections = compare.compare(content.of(document.versions.get(number=1)), content.of(draft))
    (changed,) = [row for row in sections if row.title == "Challenges and answers"]
    assert MARK in " ".join(run.text for line in changed.lines for run in line)


@pytest.mark.parametrize("name", ["femi", "amina", "gwen", "eve"])
def test_from_then_on_no_page_inside_shows_what_was_taken_out(world, document, client, name):
    sealed.take_everything_out(world, document)
    worlds.correct(document.versions.get(number=1), world.gwen)
    client.force_login(getattr(world, name))
    where = [world.area.slug, "yearly-report/2025-26"]
    names = [
        "scrutiny:challenges",
        "scrutiny:redactions",
        "documents:preview",
        "documents:document",
        "documents:checks",
    ]
    pages = {name: client.get(reverse(name, args=where)) for name in names}
    assert not [name for name, page in pages.items() if NAME in page.content.decode()]
    shown = pages["scrutiny:challenges"].content.decode()
    assert shown.count(MARK) == 2 and COUNCIL_MARK in shown


def test_who_said_it_reads_the_same_after_they_have_left(world, document, client):
    sealed.take_everything_out(world, document)
    areas.end_appointment(appointment=Appointment.objects.get(person=world.femi), until=clock.today(), by=world.gwen)
    client.force_login(world.femi)
    page = client.get(reverse("home")).content.decode()
    assert NAME not in page
    assert "Why was [a person] not heard?" in page and page.count(MARK) == 2


def test_the_original_is_read_in_the_sealed_version_by_named_roles_alone(world, document, client):
    sealed.take_everything_out(world, document)
    where = reverse("documents:version", args=[world.area.slug, "yearly-report/2025-26", 1])
    for name, status in (("amina", 200), ("gwen", 200), ("femi", 403), ("dev", 403)):
        client.force_login(getattr(world, name))
        answer = client.get(where)
        assert answer.status_code == status
        assert (NAME in answer.content.decode()) == (status == 200)
