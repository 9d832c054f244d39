"""The pages about Word files: uploading, mapping, what is said, downloads, and imported documents."""

import re
from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from partnership.documents import canonical
from partnership.documents import selectors as documents
from partnership.documents.kinds import address_of
from partnership.word import reading
from partnership.word.models import ImportedPart, WordImport
from tests import worlds
from tests.rules.word import files

pytestmark = pytest.mark.django_db


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name: str, document: Any, *more: object) -> str:
    return reverse(f"word:{name}", args=[document.area.slug, address_of(document), *more])


def file(data: bytes, name: str = "last-year.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/octet-stream")


def upload(world: worlds.World, document: Any, data: bytes, who: str = "gwen", name: str = "last-year.docx"):  # type: ignore[no-untyped-def]
    return client_of(world.people[who]).post(at("imports", document), {"file": file(data, name)}, follow=True)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def take(world: worlds.World, word: WordImport, **fields: Any):  # type: ignore[no-untyped-def]
    return client_of(world.gwen).post(at("import", word.document, word.pk), {"mode": "append", **fields}, follow=True)


def part(word: WordImport, title: str) -> str:
    return f"part_{word.parts.get(title=title).pk}"


def test_an_upload_leads_to_the_outline_with_what_was_not_taken(world) -> None:
    document = worlds.begun(world)
    data = files.made(
        lambda d: d.add_paragraph("We did this."),
        files.paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"),
        lambda d: d.add_heading("Neglect", 2),
    )

    page = text(upload(world, document, data))

    assert "“last-year.docx” is read. Nothing of it is in the draft yet." in page
    assert "Hidden text was not taken: under “Impact”." in page
    assert "Where does “Impact” go?" in page and "Where does “Neglect” go?" in page
    assert 'value="above" selected' in page  # a heading under another goes with it unless somebody says otherwise


def test_the_text_of_a_heading_is_shown_as_it_reads_and_what_has_no_heading_is_called_so(world) -> None:
    made = docx.Document()
    made.add_paragraph().add_run("Before all.").bold = True
    made.add_heading("Impact", 1)
    files.table(made, [["Quarter", "Contacts"], ["April to June", "410"]], caption="Table 1: Contacts")

    page = text(upload(world, worlds.begun(world), files.saved(made)))

    assert "Where does the text before the first heading go?" in page
    assert "<strong>Before all.</strong>" in page
    assert "**Before" not in page
    assert "| ---" not in page
    assert re.search(r"<td[^>]*>410</td>", page)

    word = WordImport.objects.get()
    taken = take(world, word, **{part(word, ""): "out"})
    assert "<strong>Text before the first heading</strong>" in text(taken)
    again = take(world, word, **{part(word, ""): "impact"})
    assert "“Text before" not in text(again)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.docx", "The file you chose is empty. Choose another one."),
        (b"%PDF-1.7", "a.pdf", "This is not a Word file that can be read here. Save it as .docx, and upload that."),
        (b"PK\x03\x04", "a.docm", "This file holds macros"),
        (b"PK" + b"\0" * (26 * 1024 * 1024), "a.docx", "The file must be smaller than 25 MB. The one you chose is larger."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_at_the_field(world, data: bytes, name: str, sentence: str) -> None:
    response = upload(world, worlds.begun(world), data, name=name)

    assert response.status_code == 200
    assert text(response).count(sentence) == 2  # in the summary and at the field
    assert not WordImport.objects.exists()


def test_a_file_larger_than_a_picture_may_be_is_taken(world, settings) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    assert "is read." in text(upload(world, worlds.begun(world), files.report()))


def test_mapping_takes_headings_and_says_where_they_went(world) -> None:
    document = worlds.begun(world)
    upload(world, document, files.report())
    word = WordImport.objects.get()

    response = take(world, word, **{part(word, "Foreword"): "foreword", part(word, "Finance"): "new"})

    page = text(response)
    assert "Taken into: “" in page
    assert "What became of its headings" in page and "/sections/own-finance/" in page
    assert documents.draft(document).sections.get(key="foreword").body


def test_a_refusal_keeps_what_was_chosen_and_typed(world) -> None:
    document = worlds.begun(world)
    upload(world, document, files.report())
    word = WordImport.objects.get()

    page = text(
        take(world, word, **{part(word, "Voice of children"): "impact", "alt_1": "", "caption_1": "Typed caption"})
    )

    assert page.count("Describe picture 1 for people who cannot see it, or leave it out.") == 2
    assert "Typed caption" in page
    assert re.search(r'<option value="impact" selected', page)


def test_what_happens_to_text_that_is_there_has_to_be_said(world) -> None:
    document = worlds.begun(world)
    upload(world, document, files.report())
    word = WordImport.objects.get()

    response = client_of(world.gwen).post(at("import", document, word.pk), {part(word, "Foreword"): "foreword"})

    assert "Choose what happens to text that is there already." in text(response)
    assert not documents.draft(document).sections.get(key="foreword").body


def test_a_section_that_is_none_is_refused_at_its_field(world) -> None:
    document = worlds.begun(world)
    upload(world, document, files.report())
    word = WordImport.objects.get()

    page = text(take(world, word, **{part(word, "Foreword"): "nowhere"}))

    assert page.count("Choose one of the sections of this document.") == 2
    assert not ImportedPart.objects.exclude(fate="waiting").exists()


def test_each_picture_stands_beside_the_question_what_it_shows(world) -> None:
    document = worlds.begun(world)
    upload(world, document, files.report())
    word = WordImport.objects.get()

    page = text(client_of(world.gwen).get(at("import", document, word.pk)))

    (group,) = re.findall(r'<div class="document-import__drawn".*?</textarea>', page)
    assert f'src="{at("picture", document, word.pk, 1)}"' in group
    assert 'alt=""' in group and "What does picture 1 show?" in group


def test_only_who_drafts_sees_the_file_and_its_pictures(world) -> None:
    document = worlds.begun(world)
    upload(world, document, files.report())
    word = WordImport.objects.get()
    addresses = [at("imports", document), at("import", document, word.pk), at("file", document, word.pk),
                 at("picture", document, word.pk, 1)]  # fmt: skip

    for who, status in (("gwen", 200), ("amina", 403), ("harry", 404)):
        client = client_of(world.people[who])
        assert [client.get(address).status_code for address in addresses] == [status] * 4


def test_the_file_comes_back_as_it_was_and_is_never_shown_by_the_browser(world) -> None:
    document, data = worlds.begun(world), files.report()
    upload(world, document, data, name='C:\\docs\\last "year".docx')
    word = WordImport.objects.get()

    response = client_of(world.gwen).get(at("file", document, word.pk))

    assert response.content == data
    assert response["Content-Disposition"] == 'attachment; filename="last \\"year\\".docx"'
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("ending", ["docx", "html", "json"])
def test_a_draft_is_taken_away_and_says_that_it_is_one(world, ending: str) -> None:
    version = worlds.written(world)
    address = at(ending, version.document, version.number)

    response = client_of(world.amina).get(address)

    assert response.status_code == 200
    assert response["Content-Disposition"] == (
        f'attachment; filename="{world.area.slug}-yearly-report-2025-26-version-1-draft.{ending}"'
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client_of(world.harry).get(address).status_code == 404
    if ending == "json":
        assert canonical.load(response.content.decode())["title"] == "Yearly report 2025-26"
    elif ending == "html":
        page = response.content.decode()
        assert "Draft as it stood on 14 September 2026. Not agreed by the partners." in page
        assert "<script" not in page and "http-equiv" in page
        assert not re.search(r'(?:src|href)="(?!#|data:|https:|mailto:)', page)
    else:
        opened = docx.Document(BytesIO(response.content))
        assert "Draft as it stood on 14 September 2026" in opened.sections[0].header.paragraphs[0].text
        titles = [part.title for part in reading.read(response.content, "a.docx").parts if part.level == 1]
        assert titles[:2] == [section.title for section in version.sections.all()[:2]]


def test_a_published_version_is_taken_away_with_its_signatures_and_how_it_meets_the_guidance(world) -> None:
    version = worlds.published(world)
    client = client_of(world.gwen)

    word = client.get(at("docx", version.document, 1)).content
    page = client.get(at("html", version.document, 1)).content.decode()
    data = client.get(at("json", version.document, 1)).content.decode()

    version.refresh_from_db()
    assert data == version.content
    parts = {part.title: part.body for part in reading.read(word, "a.docx").parts}
    assert "Amina, Lead safeguarding partner" in parts["Signatures"]
    assert len(parts["How this document meets the guidance"]) > 1_000
    assert "Amina" in page and "How this document meets the guidance" in page
    assert "The signed PDF is the document." in page


def test_downloads_hold_the_pictures_with_their_words(world) -> None:
    document = worlds.begun(world)
    upload(world, document, files.report())
    word = WordImport.objects.get()
    take(world, word, **{part(word, "Voice of children"): "impact", "alt_1": "A drawing", "caption_1": "By the panel"})
    client = client_of(world.gwen)

    page = client.get(at("html", document, 1)).content.decode()
    opened = docx.Document(BytesIO(client.get(at("docx", document, 1)).content))

    assert 'src="data:image/png;base64,' in page and 'alt="A drawing"' in page
    assert opened.inline_shapes[0]._inline.docPr.get("descr") == "A drawing"


def earlier(world: worlds.World, data: bytes, period: str = "2023-24", who: str = "gwen"):  # type: ignore[no-untyped-def]
    address = reverse("word:upload_earlier", args=[world.area.slug, "yearly-report"])
    return client_of(world.people[who]).post(address, {"period": period, "file": file(data)}, follow=True)


def test_an_imported_document_says_everywhere_that_it_was_not_signed_here(world) -> None:
    page = text(earlier(world, files.report()))
    listed = text(client_of(world.amina).get(reverse("word:earlier", args=[world.area.slug])))

    assert "Imported. Not signed here." in page
    assert "<title>Yearly report 2023-24: imported, not signed here" in page
    assert "What we did" in page and page.count("<table") == 12
    assert "Yearly report 2023-24" in listed and "Imported. Not signed here." in listed
    assert not documents.publications(world.area).exists()


def test_its_pictures_are_shown_once_somebody_has_described_them(world) -> None:
    bare = files.made(lambda d: d.add_picture(BytesIO(files.picture())), lambda d: d.add_paragraph("After."))
    first = text(earlier(world, bare))
    word = WordImport.objects.get()
    address = reverse("word:earlier_document", args=[world.area.slug, word.pk])

    refused = client_of(world.amina).post(address, {"alt_1": "A square", "caption_1": ""})
    page = text(client_of(world.gwen).post(address, {"alt_1": "A teal square", "caption_1": ""}, follow=True))

    assert "nobody has described them for people who cannot see them: 1." in first
    assert refused.status_code == 403
    assert 'alt="A teal square"' in page and "nobody has described" not in page


def test_a_period_that_was_begun_here_is_refused_at_its_field(world) -> None:
    worlds.begun(world)
    response = earlier(world, files.report(), "2025-26")

    assert response.status_code == 409
    assert text(response).count("Yearly report 2025-26 was begun here already.") == 2


@pytest.mark.parametrize(
    ("period", "sentence"),
    [("", "Select a period."), ("2026-27", "The year 2026-27 is not over yet."), ("soon", "is not a financial year")],
)
def test_a_period_that_is_none_is_answered_at_its_field(world, period: str, sentence: str) -> None:
    assert text(earlier(world, files.report(), period)).count(sentence) == 2


def test_an_imported_document_is_seen_in_its_area_alone(world) -> None:
    earlier(world, files.report())
    word = WordImport.objects.get()
    page = reverse("word:earlier_document", args=[world.area.slug, word.pk])
    original = reverse("word:earlier_file", args=[world.area.slug, word.pk])

    assert [client_of(world.people[who]).get(page).status_code for who in ("amina", "harry", "ines")] == [200, 404, 404]
    assert [client_of(world.people[who]).get(original).status_code for who in ("gwen", "amina")] == [200, 403]
    assert earlier(world, files.report(), who="dev").status_code == 403


def test_the_pages_of_the_document_lead_here(world) -> None:
    document = worlds.begun(world)
    links = [at("imports", document), at("docx", document, 1), at("html", document, 1), at("json", document, 1)]
    address = reverse("documents:document", args=[document.area.slug, address_of(document)])

    page, of_a_reader = (text(client_of(world.people[who]).get(address)) for who in ("gwen", "amina"))

    assert all(f'href="{link}"' in page for link in links)
    assert links[0] not in of_a_reader and links[1] in of_a_reader


def test_no_character_of_a_draft_can_break_a_download(world) -> None:
    version = worlds.written(world)
    section = version.sections.get(key="funding")
    worlds.write(section, section.body, world.gwen, explanation="Not \x0b\u202eyet \x01known.")

    response = client_of(world.gwen).get(at("docx", version.document, 1))

    assert "Not yet known." in str([part.body for part in reading.read(response.content, "a.docx").parts])
