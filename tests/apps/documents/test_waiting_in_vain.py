"""Somebody saves while somebody else holds the same place for too long: nothing typed is lost."""

import re
import threading
from contextlib import contextmanager

import pytest
from django.db import close_old_connections, connection, transaction
from django.urls import reverse

from partnership.areas.models import Area
from partnership.documents import selectors
from partnership.documents.kinds import address_of
from partnership.documents.models import Document, Version
from tests import worlds

HIDDEN = re.compile(r'<input type="hidden" name="(?!csrf)([^"]*)" value="([^"]*)">')
pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "A long answer about neglect, written on a train.\n\n- with a list\n\nAnd it must not be lost."


@contextmanager
def held(version):
    """Another connection in the middle of an act on the version, its document and its area."""
    locked, done = threading.Event(), threading.Event()

    def hold():
        close_old_connections()
        with transaction.atomic():
            Area.objects.select_for_update().get(pk=version.document.area_id)
            Document.objects.select_for_update(of=("self",)).get(pk=version.document_id)
            Version.objects.select_for_update(of=("self",)).get(pk=version.pk)
            locked.set()
            done.wait(30)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert locked.wait(30)
    try:
        yield
    finally:
        done.set()
        thread.join(30)


@pytest.fixture
def impatient():
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    yield
    connection.close()


def test_a_save_that_waits_in_vain_keeps_what_was_typed_and_is_sent_again_with_one_button(client, impatient):
    world = worlds.area_with_its_cast()
    version = selectors.draft(worlds.begun(world))
    section = version.sections.get(key="voice")
    client.force_login(world.gwen)
    address = reverse("documents:section", args=[world.area.slug, address_of(version.document), "voice"])
    sent = {"body": WORDS, "explanation": "", "seen_revision": 0, "act": "save"}

    with held(version):
        answer = client.post(address, sent)

    kept = dict(HIDDEN.findall(answer.content.decode()))
    assert answer.status_code == 409
    assert kept["body"] == WORDS
    assert client.post(address, kept).status_code == 302
    section.refresh_from_db()
    assert section.body == WORDS
