"""What anybody may read, and nothing else."""

import hashlib
import io
from datetime import date, datetime

import pytest
from PIL import Image

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Area
from partnership.documents import selectors as documents
from partnership.documents import services
from tests import worlds
from tests.places import PDF

REPORT = "/published/oakshire/yearly-report/2025-26/"
PARTS = ["", "document.pdf", "content.json"]


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("part", PARTS)
def test_nothing_of_a_report_is_open_before_it_is_published(client, places, part):
    def hidden():
        address = REPORT + part
        asked = [client.get(address), client.head(address)]
        asked.append(
            client.get(address, headers={"if-none-match": "*", "if-modified-since": "Mon, 1 Jan 2024 00:00:00 GMT"})
        )
        return {response.status_code for response in asked} == {404}

    assert hidden(), "never begun"
    document = places.begin()
    places.write(document)
    assert hidden(), "draft"
    version = services.send_for_sign_off(version=documents.draft(document), by=places.person("gwen"))
    assert hidden(), "in sign-off"
    places.sign(version)
    assert hidden(), "signed"
    services.return_for_changes(
        version=version, seat=places.seats["oakshire"][0], reason="No.", by=places.person("amina")
    )
    assert hidden(), "returned"
    services.withdraw(version=documents.draft(document), reason="Begun anew.", by=places.person("gwen"))
    assert hidden(), "withdrawn"


@pytest.mark.parametrize("part", PARTS)
def test_a_published_report_is_open_to_everybody_and_to_search_engines(client, places, part):
    places.publish()
    response = client.get(REPORT + part)
    assert response.status_code == 200
    assert "X-Robots-Tag" not in response
    assert 'name="robots"' not in response.content.decode("latin-1")
    assert client.head(REPORT + part).status_code == 200
    assert client.post(REPORT + part).status_code == 405


def test_an_unpublished_correction_changes_nothing_in_public(client, places):
    version = places.publish()
    draft = worlds.correct(version, places.person("gwen"))
    section = draft.sections.first()
    services.save_section(
        section=section,
        body="A secret draft.",
        explanation="",
        seen_revision=section.revision,
        by=places.person("gwen"),
    )
    services.send_for_sign_off(version=draft, by=places.person("gwen"))
    assert "secret" not in text_of(client, REPORT)
    assert "secret" not in text_of(client, REPORT + "content.json")


def test_the_record_tells_who_signed_in_which_office_and_when(client, places):
    version = places.publish()
    text = text_of(client, REPORT)
    for words in ("Oakshire Council", "Oakshire Police", "Lead safeguarding partner", "Amina", "Ben"):
        assert words in text
    assert text.count("14 September 2026 at 9:00am") == 3  # two signatures, and publication in the history
    assert version.sha256 in text
    assert "3 pages" in text
    assert 'href="#signatures"' in text
    assert "Published late" not in text


def test_each_requirement_links_to_the_passage_that_answers_it(client, places):
    version = places.publish()
    text = text_of(client, REPORT)
    assert "How this meets the guidance" in text
    rows = {row["id"]: row for row in client.get(REPORT).context["guidance"]}
    anchors = [anchor for row in rows.values() for _, anchor in row["places"]]
    assert anchors
    assert all(f'id="{anchor}"' in text and f'href="#{anchor}"' in text for anchor in anchors)
    ((words, anchor),) = rows["YR-01"]["places"]
    assert words.startswith("Paragraph ") and words.endswith("(Priorities and impact)")
    passage = text[text.index(f'id="{anchor}"') :]
    assert passage.index("What there is to say of priorities and impact.") < passage.index("</p>")
    assert version.document.edition_key


def test_a_report_published_after_its_date_says_so(client, places):
    places.duties()
    with clock.frozen(datetime(2026, 10, 2, 9, tzinfo=clock.LONDON)):
        places.publish()
        assert "It was due on 30 September 2026." in text_of(client, REPORT)


def test_without_a_duty_the_guidance_says_whether_it_was_late(client, places):
    places.publish(label="2024-25")
    assert "It was due on 30 September 2025." in text_of(client, "/published/oakshire/yearly-report/2024-25/")


def test_the_pdf_is_the_very_file_that_was_sent(client, places):
    places.publish()
    response = client.get(REPORT + "document.pdf")
    assert response.content == PDF + b"oakshire"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="oakshire-yearly-report-2025-26.pdf"'
    assert response["Cache-Control"] == "public, no-cache"
    assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'


def test_the_fingerprint_can_be_computed_from_the_public_text(client, places):
    version = places.publish()
    response = client.get(REPORT + "content.json")
    assert hashlib.sha256(response.content).hexdigest() == version.sha256
    assert response["Content-Type"] == "application/json"


def test_only_pictures_of_the_published_text_are_shown(client, places):
    document = places.begin()
    places.recipients()
    places.write(document)
    shown, hidden = (_picture(places, document, colour) for colour in ("red", "blue"))
    section = documents.draft(document).sections.first()
    services.save_section(
        section=section, body=f"[[picture {shown.number}]]", explanation="", seen_revision=1, by=places.person("gwen")
    )
    version = services.send_for_sign_off(version=documents.draft(document), by=places.person("gwen"))
    assert client.get(f"{REPORT}pictures/{shown.file_id}/").status_code == 404
    places.sign(version)
    worlds.publish(version, places.person("gwen"))
    response = client.get(f"{REPORT}pictures/{shown.file_id}/")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("image/")
    assert f"{REPORT}pictures/{shown.file_id}/" in text_of(client, REPORT)
    assert client.get(f"{REPORT}pictures/{hidden.file_id}/").status_code == 404


def _picture(places, document, colour):
    data = io.BytesIO()
    Image.new("RGB", (20, 10), colour).save(data, "PNG")
    return services.add_picture(
        document=document, data=data.getvalue(), name="p.png", alt=f"A {colour} field", caption="", largest=10**6,
        by=places.person("gwen"),
    )  # fmt: skip


def test_a_superseded_document_says_so_and_leads_to_the_newest(client, places):
    places.publish(label="2026", key="arrangements")
    with clock.frozen(datetime(2027, 3, 1, 9, tzinfo=clock.LONDON)):
        places.publish(label="2027", key="arrangements")
        text = text_of(client, "/published/oakshire/arrangements/2026/")
    assert "This was superseded on 1 March 2027." in text
    assert "/published/oakshire/arrangements/2027/" in text


def test_a_correction_stands_at_the_same_address_and_names_the_version_before(client, places):
    draft = worlds.correct(places.publish(), places.person("gwen"))
    version = places.sign(services.send_for_sign_off(version=draft, by=places.person("gwen")))
    worlds.publish(version, places.person("gwen"))
    text = text_of(client, REPORT)
    assert version.sha256 in text
    assert "Version 1</a>: published 14 September 2026" in text
    assert "was superseded on" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/published/nowhere/",
        "/published/nowhere/yearly-report/2025-26/",
        "/published/oakshire/yearly-report/1999-00/",
        "/published/oakshire/budget/2025-26/",
        "/published/oakshire/yearly-report/2025-26/pictures/../",
    ],
)
def test_what_does_not_exist_is_not_found(client, places, path):
    assert client.get(path).status_code == 404


def test_the_page_of_an_area_tells_offices_documents_and_what_is_due(client, places):
    places.duties()
    text = text_of(client, "/published/oakshire/")
    assert "Lead safeguarding partner, Oakshire Council" in text
    assert "Yearly report 2025-26: not yet published, due 30 September 2026." in text
    assert "2026-27" not in text
    with clock.frozen(datetime(2026, 10, 3, 9, tzinfo=clock.LONDON)):
        assert "It was due on 30 September 2026 and is late by 3 days." in text_of(client, "/published/oakshire/")
    places.publish()
    text = text_of(client, "/published/oakshire/")
    assert "not yet published" not in text
    assert REPORT in text


def test_an_office_that_ended_is_vacant_in_public(client, places):
    areas.end_appointment(appointment=places.person("amina").appointments.get(), until=date(2026, 9, 14), by=None)
    text = text_of(client, "/published/oakshire/")
    assert "Vacant" in text
    assert "Amina" not in text


def test_the_list_finds_areas_by_name(client, places):
    places.open("ashford")
    assert "Oakshire" in text_of(client, "/published/")
    found = text_of(client, "/published/?q=ash")
    assert "1 partnership matches" in found
    assert "Oakshire" not in found
    assert "No partnership matches." in text_of(client, "/published/?q=zzz")
    assert client.get("/published/?q=%00&page=%00").status_code == 200


def test_what_is_searched_for_is_shown_as_text(client, places):
    assert "<script>alert" not in text_of(client, "/published/?q=<script>alert(1)</script>")


def test_the_list_costs_the_same_for_141_partnerships(client, places, django_assert_num_queries):
    client.get("/published/")
    places.publish()
    with django_assert_num_queries(2):
        client.get("/published/")
    Area.objects.bulk_create(
        Area(slug=f"area-{number}", name=f"Area {number}", partnership_name="Partnership") for number in range(140)
    )
    with django_assert_num_queries(2):
        response = client.get("/published/")
    assert response.context["page"].paginator.count == 141
    assert "govuk-pagination" in response.content.decode()


def test_signed_in_people_read_the_same_and_keep_no_copy(client, places):
    places.publish()
    client.force_login(places.person("gwen"))
    response = client.get(REPORT)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"


def test_what_a_correction_changed_is_public_word_by_word_and_only_then(client, places):
    version = places.publish()
    assert client.get(REPORT + "changes/").status_code == 404
    draft = worlds.correct(version, places.person("gwen"))
    section = draft.sections.get(key="voice")
    services.save_section(
        section=section, body="We listened to 40 families.", explanation="", seen_revision=section.revision,
        by=places.person("gwen"),
    )  # fmt: skip
    assert client.get(REPORT + "changes/").status_code == 404
    second = places.sign(services.send_for_sign_off(version=draft, by=places.person("gwen")))
    worlds.publish(second, places.person("gwen"))
    assert "What changed since the version before" in text_of(client, REPORT)
    page = text_of(client, REPORT + "changes/")
    assert "40</ins> added" in page and "We listened to 40 families." in page
