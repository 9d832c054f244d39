"""Beginning, writing, previewing, pictures."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnership.documents.models import Document, Picture, Section, SectionText
from tests.apps.documents.test_pages_reading import text
from tests.apps.documents.world import World, picture, world  # noqa: F401  (a fixture)


def begin(world: World, name: str, period: str | None, kind: str = "yearly-report", area: str = "westmere"):
    address = reverse("documents:begin", args=[area, kind])
    return world.client(name).post(address, {} if period is None else {"period": period}, follow=True)


def save(
    world: World, name: str, body: str, *, seen: int = 0, key: str = "impact", act: str = "save", explanation: str = ""
):
    data = {"body": body, "explanation": explanation, "seen_revision": seen, "act": act}
    return world.post(name, "section", key, data=data, follow=True)


def upload(
    world: World, name: str, file: SimpleUploadedFile | None, alt: str = "A bar chart", caption: str = "Our team"
):
    data: dict = {"alt": alt, "caption": caption}
    return world.post(name, "pictures", data=data | ({"file": file} if file else {}), follow=True)


def png(name: str = "team.png", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data if data is not None else picture(), "image/png")


def test_a_document_is_begun_for_a_period_that_is_not_begun_yet(world: World) -> None:
    page = text(world.client("femi").get(reverse("documents:begin", args=["westmere", "yearly-report"])))
    assert 'value="2024-25"' in page and 'value="2025-26"' not in page
    response = begin(world, "femi", "2024-25")
    assert "Yearly report 2024-25 is begun." in text(response)
    assert Document.objects.filter(period_label="2024-25").exists()


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ("2026-27", "The year 2026-27 is not over yet."),
        ("next year", "is not a financial year. Write it like 2025-26."),
        ("1990-91", "The oldest yearly report that can be begun here"),
        ("", "Select a period."),
    ],
)
def test_a_period_that_cannot_be_begun_is_answered_at_the_field(world: World, period: str, sentence: str) -> None:
    response = begin(world, "gwen", period)
    assert response.status_code == 200
    assert text(response).count(sentence) == 2  # in the summary and at the field
    assert Document.objects.count() == 1


def test_a_period_in_the_address_is_judged_at_once(world: World) -> None:
    address = reverse("documents:begin", args=["westmere", "yearly-report"])
    assert "The year 2026-27 is not over yet." in text(world.client("gwen").get(f"{address}?period=2026-27"))


def test_a_second_click_on_begin_leads_to_the_document(world: World) -> None:
    begin(world, "gwen", "2024-25")
    response = begin(world, "gwen", "2024-25")
    assert "Yearly report 2024-25 has been begun already." in text(response)
    assert Document.objects.filter(period_label="2024-25").count() == 1


def test_only_the_business_team_begins(world: World) -> None:
    response = begin(world, "amina", "2024-25")
    assert response.status_code == 403
    assert "Only a business manager or somebody in business support of Westmere may begin a document." in text(response)
    assert begin(world, "eve", "2024-25").status_code == 404
    assert begin(world, "gwen", "2024-25", kind="weekly-report").status_code == 404


def test_a_section_says_what_is_asked_and_how_to_write(world: World) -> None:
    page = text(world.get("gwen", "section", "impact"))
    assert "What is asked here" in page and "Must" in page and "to be confirmed" in page.lower()
    assert "[[funding contributions]]" in page and "Table: Contacts by quarter" in page and "```chart" in page
    assert "Never put in a child" in page
    assert "You can enter up to 40,000 characters" in page


def test_a_save_is_kept_and_said(world: World) -> None:
    page = text(save(world, "gwen", "We **did** this.", explanation="Some is missing."))
    assert "“Priorities and impact” is saved." in page
    assert "We **did** this." in page
    section = world.version.sections.get(key="impact")
    assert (section.revision, section.explanation) == (1, "Some is missing.")


def test_a_second_click_on_save_changes_nothing_twice(world: World) -> None:
    save(world, "gwen", "One text.")
    page = text(save(world, "gwen", "One text."))
    assert "had not changed" in page
    assert SectionText.objects.count() == 1


def test_save_and_preview_shows_the_section_as_it_would_be_published(world: World) -> None:
    page = text(save(world, "gwen", "We **did** this.", act="preview"))
    assert "How this section would be published" in page
    assert "We <strong>did</strong> this." in page


def test_what_must_be_mended_stands_at_the_top_with_a_link_to_the_field(world: World) -> None:
    page = text(save(world, "gwen", "[[nothing like this]]", act="preview"))
    assert 'href="#id_body">There are no figures called' in page


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("[[no such figures]]", "Saved, with 1 thing to mend."),
        ("[[no such figures]]\n\n[[nor these]]\n\n[[nor those]]", "Saved, with 3 things to mend."),
    ],
)
def test_a_save_with_problems_says_in_one_sentence_how_many(world: World, body: str, said: str) -> None:
    response = save(world, "gwen", body)
    assert [str(message) for message in response.context["messages"]] == [said]
    assert "is saved." not in text(response) and "There is a problem" in text(response)


def test_a_condition_of_the_guidance_is_shown_as_a_condition(world: World) -> None:
    keys = [section.key for section in world.version.sections.all()]
    pages = " ".join(text(world.get("gwen", "section", key)) for key in keys)
    assert "If: There was a secure establishment in the area during the period." in pages
    assert "(There was a secure establishment" not in pages


def test_save_and_next_leads_to_the_next_section_and_at_the_end_to_the_list(world: World) -> None:
    response = save(world, "gwen", "Text.", act="next")
    assert response.redirect_chain[-1][0] == world.at("section", "learning_from_reviews")
    last = world.version.sections.last()
    assert save(world, "gwen", "Text.", key=last.key, act="next").redirect_chain[-1][0] == world.at("document")


def test_a_section_over_its_length_is_kept_and_named(world: World) -> None:
    page = text(save(world, "gwen", "Words " * 6700))
    sentence = "his section must be 40,000 characters or fewer. Shorten it by 200."
    assert f"T{sentence}" in page
    assert page.count("Words") >= 6700
    assert f"t{sentence}" in text(world.get("gwen", "document"))


def test_a_text_too_long_to_read_is_refused_and_still_on_the_page(world: World) -> None:
    response = save(world, "gwen", "x" * 60_001)
    page = text(response)
    assert "This text is too long to be saved. It must be 40,000 characters or fewer." in page
    assert "x" * 60_001 in page
    assert SectionText.objects.count() == 0


def test_two_people_at_once_lose_nothing(world: World) -> None:
    save(world, "gwen", "The partners met four times.")
    page = text(save(world, "femi", "The partners met five times.", seen=0))
    assert "Gwen saved this section while you were writing. Nothing is lost." in page
    assert "The partners met four times." in page and "The partners met five times." in page
    assert page.index("Nothing is lost.") < page.index("What is asked here")  # also where the page is narrow
    assert "Added: </span>five" in page and "Removed: </span>four" in page
    assert 'name="seen_revision" value="1"' in page
    kept = SectionText.objects.get(outcome="kept_aside")
    assert world.at("section", "impact") and world.get("femi", "text", "impact", kept.pk).status_code == 200
    merged = text(save(world, "femi", "The partners met nine times.", seen=1))
    assert "“Priorities and impact” is saved." in merged


def test_the_writer_may_start_from_the_text_kept_aside(world: World) -> None:
    save(world, "gwen", "Gwen's text.")
    save(world, "femi", "Femi's text.", seen=0)
    kept = SectionText.objects.get(outcome="kept_aside")
    page = world.client("femi").get(f"{world.at('section', 'impact')}?kept={kept.pk}&from={kept.pk}")
    assert page.context["form"].initial["body"] == "Femi's text."


def test_the_same_clash_twice_keeps_one_text(world: World) -> None:
    save(world, "gwen", "Gwen's text.")
    save(world, "femi", "Femi's text.", seen=0)
    save(world, "femi", "Femi's text.", seen=0)
    assert SectionText.objects.filter(outcome="kept_aside").count() == 1


def test_who_may_not_write_reads_and_is_told_why(world: World) -> None:
    world.write("impact", "What we did.")
    page = text(world.get("olu", "section", "impact"))
    assert "may write in the draft." in page and "What we did." in page and "<textarea" not in page
    assert save(world, "olu", "Mine now.").status_code == 403
    assert save(world, "eve", "Mine now.").status_code == 404
    assert world.get("gwen", "section", "no-such-section").status_code == 404


def test_a_frozen_section_is_read_and_not_written(world: World) -> None:
    world.send()
    page = text(world.get("gwen", "section", "impact"))
    assert "This version is frozen. It can be read, and not written in." in page
    assert "The partners wrote about priorities and impact." in page
    late = save(world, "gwen", "Late change.", seen=1)
    assert late.status_code == 409
    assert "What you wrote was not saved." in text(late)
    assert "Late change." in text(late)


def test_an_earlier_text_is_read_and_compared(world: World) -> None:
    world.write("impact", "First words.")
    world.write("impact", "Second words.")
    first = SectionText.objects.get(body="First words.")
    page = text(world.get("olu", "text", "impact", first.pk))
    assert "First words." in page and "Added: </span>Second" in page
    assert world.get("gwen", "text", "funding", first.pk).status_code == 404
    assert world.get("eve", "text", "impact", first.pk).status_code == 404


def test_the_preview_is_the_whole_document_with_its_numbers(world: World) -> None:
    assert "No section is written yet." in text(world.get("gwen", "preview"))
    world.write_everything()
    page = text(world.get("olu", "preview"))
    assert "Nothing of it is public." in page
    assert 'href="#p-5-1"' in page and "The partners wrote about priorities and impact." in page


def test_a_picture_is_added_listed_and_served(world: World) -> None:
    page = text(upload(world, "gwen", png()))
    assert "Picture 1 is added." in page and "[[picture 1]]" in page and 'alt="A bar chart"' in page
    sha256 = Picture.objects.get().file_id
    response = world.get("olu", "picture", sha256)
    assert response["Content-Type"] == "image/png" and response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]
    assert world.get("eve", "picture", sha256).status_code == 404
    assert world.get("gwen", "picture", "0" * 64).status_code == 404


def test_a_second_click_adds_no_second_picture(world: World) -> None:
    upload(world, "gwen", png())
    upload(world, "gwen", png())
    assert Picture.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "alt", "sentence"),
    [
        (png(), "", "Describe the picture for people who cannot see it."),
        (None, "A bar chart", "Choose a picture."),
        (
            png(data=b"%PDF-1.7 no picture"),
            "A bar chart",
            "This file is a PDF document. Upload the picture as PNG or JPEG.",
        ),
        (png("team.jpg"), "A bar chart", "This file is a PNG picture, but its name ends with “.jpg”."),
    ],
)
def test_a_bad_upload_gets_a_sentence_and_keeps_what_was_typed(world: World, file, alt: str, sentence: str) -> None:
    if file:
        file.seek(0)
    page = text(upload(world, "gwen", file, alt=alt))
    assert sentence in page
    assert alt in page and "Our team" in page
    assert Picture.objects.count() == 0


def test_a_file_that_is_too_large_gets_a_sentence_and_keeps_what_was_typed(world: World, settings) -> None:
    page = text(upload(world, "gwen", png(data=b"\x89PNG\r\n\x1a\n" + b"0" * (settings.UPLOAD_MAX_BYTES + 1))))
    assert "The file must be smaller than 8 MB." in page
    assert "A bar chart" in page and "Our team" in page


def test_who_may_not_write_adds_no_picture(world: World) -> None:
    assert 'type="file"' not in text(world.get("olu", "pictures"))
    assert upload(world, "olu", png()).status_code == 403
    world.send()
    assert upload(world, "gwen", png()).status_code == 409


def test_the_sections_before_and_after_are_shown_with_their_arrows(world: World) -> None:
    page = world.get("gwen", "section", "impact").content.decode()
    for way in ("prev", "next"):
        link = page.split(f'rel="{way}">')[1].split("</a>")[0].strip()
        assert link.startswith("<svg") and f"govuk-pagination__icon--{way}" in link


def test_a_section_that_may_be_left_out_demands_no_explanation(world: World) -> None:
    optional = text(world.get("gwen", "section", "foreword"))
    assert "It is common practice in published documents, and may be left out." in optional
    assert "If you leave this section out, why (optional)" in optional
    assert "explain why" not in optional
    assert "If this section is not answered, explain why" in text(world.get("gwen", "section", "impact"))


def test_a_section_that_no_guidance_knows_was_added_locally(world: World) -> None:
    Section.objects.create(version=world.version, key="glossary", title="Glossary", position=1000, body="Words.")
    page = text(world.get("gwen", "section", "glossary"))
    assert "No guidance asks for this section. It was added locally, and may be left out." in page
    assert "Added locally." in text(world.get("gwen", "document"))


def test_a_form_that_came_without_its_text_empties_nothing(world: World) -> None:
    world.write("impact", "What we did.")
    where = world.at("section", "impact")
    answer = world.client("gwen").post(where, {"seen_revision": 1, "explanation": "", "act": "save"})
    assert "is saved" not in text(answer)
    assert world.version.sections.get(key="impact").body == "What we did."
