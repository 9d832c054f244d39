"""Changing the words of a picture, and removing one."""

import pytest
from django.conf import settings

from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.audit.presenters import sentence
from partnership.documents import content, services
from partnership.documents.models import Picture
from partnership.files import services as files
from partnership.files.models import StoredFile
from tests.answered import answer_musts
from tests.apps.documents.test_pages_reading import text
from tests.apps.documents.world import World, picture, world  # noqa: F401  (a fixture)

FROZEN = "This picture is part of a text that was frozen. It stays with that text."
WORDS = {"alt": "Three bars", "caption": "Staff"}


def add(world: World, colour: str = "navy") -> Picture:
    return services.add_picture(
        document=world.document,
        data=picture(colour=colour),
        name="team.png",
        alt="A bar chart",
        caption="Our team",
        largest=settings.UPLOAD_MAX_BYTES,
        by=world.people["gwen"],
    )


def freeze_with(world: World, shown: Picture) -> None:
    world.write_everything()
    world.write("impact", f"What we saw.\n\n[[picture {shown.number}]]\n")
    answer_musts(world.version, world.people["gwen"], world.people["dev"])
    services.send_for_sign_off(version=world.version, by=world.people["gwen"])


def sentences(event: Event) -> list[str]:
    return [sentence(entry) for entry in AuditEntry.objects.filter(event=event)]


def test_the_words_of_a_picture_are_changed_and_recorded(world: World) -> None:
    add(world)
    assert "A bar chart" in text(world.get("femi", "picture_edit", 1))
    page = text(world.post("femi", "picture_edit", 1, data=WORDS, follow=True))
    assert "The words of picture 1 are saved." in page and "Three bars" in page and "A bar chart" not in page
    assert sentences(Event.PICTURE_CHANGED) == ["Femi changed the words of picture 1 of Yearly report 2025-26."]


def test_a_change_of_nothing_is_not_recorded(world: World) -> None:
    add(world)
    world.post("gwen", "picture_edit", 1, data={"alt": "A bar chart ", "caption": "Our team"})
    assert not sentences(Event.PICTURE_CHANGED)


def test_words_without_a_description_are_refused_and_kept(world: World) -> None:
    add(world)
    page = text(world.post("gwen", "picture_edit", 1, data={"alt": "", "caption": "Staff in June"}))
    assert "Describe the picture for people who cannot see it." in page and "Staff in June" in page
    assert Picture.objects.get().caption == "Our team"


def test_a_removed_picture_is_gone_with_its_bytes(world: World, django_capture_on_commit_callbacks) -> None:
    file, kept = add(world).file, add(world, "red")
    world.write("impact", "[[picture 1]]")
    page = text(world.get("gwen", "picture_remove", 1))
    assert "Remove the picture" in page and f'href="{world.at("pictures")}">Keep it' in page
    with django_capture_on_commit_callbacks(execute=True):
        page = text(world.post("gwen", "picture_remove", 1, follow=True))
    assert "Picture 1 is removed." in page and "[[picture 2]]" in page
    assert list(world.document.pictures.all()) == [kept]
    assert not StoredFile.objects.filter(pk=file.pk).exists()
    with pytest.raises(files.FileDamaged):
        files.read(file)
    assert sentences(Event.PICTURE_REMOVED) == ["Gwen removed picture 1 from Yearly report 2025-26."]
    assert any("picture 1" in problem.sentence for problem in content.problems(world.version))


def test_a_second_click_on_remove_says_that_it_is_gone(world: World) -> None:
    add(world)
    world.post("gwen", "picture_remove", 1)
    assert "It may have been removed already." in text(world.post("gwen", "picture_remove", 1, follow=True))
    assert world.get("gwen", "picture_remove", 1).status_code == 404


def test_the_number_of_a_removed_picture_is_not_given_again(world: World) -> None:
    add(world)
    services.remove_picture(picture=add(world, "red"), by=world.people["gwen"])
    assert add(world, "green").number == 3


def test_bytes_that_another_picture_uses_stay(world: World, django_capture_on_commit_callbacks) -> None:
    file = add(world).file
    Picture.objects.create(
        document=world.document, number=2, file=file, alt="The same", width=1, height=1, added_by=world.people["gwen"]
    )
    with django_capture_on_commit_callbacks(execute=True):
        world.post("gwen", "picture_remove", 1)
    assert files.read(file)
    assert world.document.pictures.get().number == 2


@pytest.mark.parametrize("page", ["picture_edit", "picture_remove"])
def test_who_may_not_draft_changes_no_picture(world: World, page: str) -> None:
    add(world)
    for name, status in (("olu", 403), ("eve", 404)):
        assert world.get(name, page, 1).status_code == status
        assert world.post(name, page, 1, data=WORDS).status_code == status
    assert world.get("gwen", page, 7).status_code == 404
    assert "/pictures/1/" not in text(world.get("olu", "pictures"))
    assert "/pictures/1/" in text(world.get("gwen", "pictures"))
    assert Picture.objects.get().alt == "A bar chart"


def test_a_picture_of_a_frozen_text_stays_as_it_is(world: World) -> None:
    shown = add(world)
    freeze_with(world, shown)
    for page in ("picture_edit", "picture_remove"):
        response = world.get("gwen", page, 1)
        assert response.status_code == 409 and FROZEN in text(response)
    edited, removed = (world.post("gwen", page, 1, data=WORDS) for page in ("picture_edit", "picture_remove"))
    assert edited.status_code == 409 and FROZEN in text(edited) and "Three bars" in text(edited)
    assert removed.status_code == 409 and FROZEN in text(removed)
    assert Picture.objects.get().alt == "A bar chart"
    assert "/pictures/1/" not in text(world.get("gwen", "pictures"))


def test_a_picture_that_no_frozen_text_shows_may_go(world: World) -> None:
    shown, unused = add(world), add(world, "red")
    freeze_with(world, shown)
    assert world.post("gwen", "picture_remove", unused.number).status_code == 302
    assert list(world.document.pictures.all()) == [shown]
