"""An uploaded Word file is taken away with all that was read from it, and that it was here stays."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from partnership.audit import presenters
from partnership.audit import selectors as audit
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.documents import services as workflow
from partnership.errors import NotAllowed, WrongState
from partnership.files.models import StoredFile
from partnership.word import services
from partnership.word.models import ImportedPart, ImportedPicture, WordImport
from tests import worlds
from tests.apps.word.test_pages import at, client_of, text, upload
from tests.apps.word.test_services import choice, section, uploaded
from tests.rules.word import files

pytestmark = pytest.mark.django_db


def names_of(word: WordImport) -> list[str]:
    """Where the bytes of a file and of its pictures lie."""
    assert word.file
    return [word.file.name, *(picture.file.name for picture in word.pictures.select_related("file"))]


def remove(word: WordImport, by: Any, commits: Any) -> WordImport:
    with commits(execute=True):
        return services.remove(word=word, by=by)


def test_the_bytes_and_all_that_was_read_go_and_who_removed_it_stays(world, django_capture_on_commit_callbacks):
    word = uploaded(world)
    services.take(word=word, choice=choice(word, Foreword="foreword"), by=world.gwen)
    before = section(word, "foreword").body
    names = names_of(word)
    assert len(names) == 2
    assert all(default_storage.exists(name) for name in names)

    remove(word, world.dev, django_capture_on_commit_callbacks)

    gone = WordImport.objects.get(pk=word.pk)
    assert (gone.file, gone.removed_by, gone.not_taken) == (None, world.dev, [])
    assert gone.removed_at
    assert "Marlbridge" not in gone.title
    assert not ImportedPart.objects.exists()
    assert not ImportedPicture.objects.exists()
    assert not any(default_storage.exists(name) for name in names)
    assert before and section(word, "foreword").body == before
    told = [presenters.sentence(entry) for entry in audit.of_subject(word.document.subject)]
    assert any(row.startswith("Dev removed the Word file “last-year.docx” from Yearly report 2025-26") for row in told)

    remove(word, world.gwen, django_capture_on_commit_callbacks)
    assert AuditEntry.objects.filter(event=Event.WORD_REMOVED).count() == 1
    assert WordImport.objects.get(pk=word.pk).removed_by == world.dev
    with pytest.raises(WrongState, match="was removed"):
        services.take(word=word, choice=choice(word), by=world.gwen)
    assert uploaded(world).pk != word.pk  # the same file may come again


def test_bytes_that_something_else_uses_stay(world, django_capture_on_commit_callbacks):
    data = files.report()
    word = uploaded(world, data)
    services.take(word=word, choice=choice(word, Foreword="out"), by=world.gwen)
    again = uploaded(world, data)
    assert again.pk != word.pk
    names = names_of(word)
    remove(word, world.gwen, django_capture_on_commit_callbacks)

    assert all(default_storage.exists(name) for name in names)
    assert again.parts.count() == 23
    remove(again, world.gwen, django_capture_on_commit_callbacks)
    assert not any(default_storage.exists(name) for name in names)
    assert not StoredFile.objects.filter(content_type__contains="word").exists()


def test_only_whoever_writes_in_the_draft_removes_and_the_database_lets_nothing_else_go(world):
    word = uploaded(world)
    for who in (world.amina, world.femi, world.harry):
        with pytest.raises(NotAllowed):
            services.remove(word=word, by=who)
    for act in (
        lambda: word.parts.all().delete(),
        lambda: WordImport.objects.filter(pk=word.pk).update(file=None),
        lambda: WordImport.objects.filter(pk=word.pk).update(removed_at=word.uploaded_at),
        lambda: WordImport.objects.filter(pk=word.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    services.remove(word=word, by=world.gwen)
    for act in (
        lambda: WordImport.objects.filter(pk=word.pk).update(removed_by=world.dev),
        lambda: WordImport.objects.filter(pk=word.pk).update(removed_at=None, removed_by=None),
        lambda: WordImport.objects.filter(pk=word.pk).delete(),
    ):
        with pytest.raises(IntegrityError, match="stays on record"), transaction.atomic():
            act()


def test_the_pages_ask_first_and_then_say_what_became_of_it(world):
    document = worlds.begun(world)
    upload(world, document, files.report())
    word = WordImport.objects.get()
    client, confirm = client_of(world.gwen), at("remove", document, word.pk)
    assert f'href="{confirm}"' in text(client.get(at("import", document, word.pk)))
    asked = text(client.get(confirm))
    assert "The file cannot be brought back." in asked
    assert "stays there, and under “Texts saved before”" in asked
    assert WordImport.objects.get().removed_at is None
    assert client_of(world.amina).post(confirm).status_code == 403
    assert client_of(world.ines).post(confirm).status_code == 404

    done = text(client.post(confirm, follow=True))
    assert "“last-year.docx” is removed, with everything that was read from it." in done
    assert "Removed by Gwen on " in done
    page = text(client.get(at("import", document, word.pk)))
    assert "Gwen removed this file on " in page
    assert "Download the file" not in page
    assert "Take these into the draft" not in page
    assert client.get(at("file", document, word.pk)).status_code == 404
    assert client.get(at("picture", document, word.pk, 1)).status_code == 404
    assert client.get(confirm).status_code == 409
    assert client.post(at("import", document, word.pk), {"mode": "append"}).status_code == 409


def test_a_file_goes_when_there_is_no_draft_as_well(world):
    document = worlds.written(world).document
    word = services.upload(document=document, data=files.report(), name="a.docx", by=world.gwen)
    version = document.versions.get()
    workflow.send_for_sign_off(version=version, by=world.gwen)
    assert services.remove(word=word, by=world.gwen).removed_at
