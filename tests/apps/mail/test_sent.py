"""The archive of production: copies in a folder of the mailbox, found by their Message-ID and listed since a day."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from partnership import clock
from partnership.mail.composing import compose, occasion
from partnership.mail.incoming import sent
from partnership.mail.incoming.imap import Unreadable
from partnership.settings import post  # noqa: TID251  its check is what is tested

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(box, settings):
    box.folder = settings.MAIL_ARCHIVE_FOLDER = "Sent copies"
    return box


def test_a_copy_is_found_by_its_message_id_and_no_other_is(archive, queue):
    mine, other = queue(), queue()
    archive.messages = {4: compose(mine)}

    found = sent.find(mine.message_id)
    assert found
    assert found.sentence == "Found in the archive mailbox as number 4."
    assert sent.find(other.message_id) is None
    assert sent.find('"x') is None


def test_every_copy_is_listed_with_its_occasion_and_nothing_is_marked(archive, queue):
    mails = [queue(), queue()]
    archive.messages = {4: compose(mails[0]), 9: compose(mails[1])}

    copies = list(sent.after(clock.now()))

    assert [(copy.message_id, copy.occasion, copy.to) for copy in copies] == [
        (mail.message_id, occasion(mail), mail.to) for mail in mails
    ]
    assert copies[0].where.endswith("as number 4.")
    assert copies[0].at == datetime(2026, 9, 14, 9, 30, tzinfo=UTC)  # when it came there, and not when it was written
    asked = [command for command in archive.commands if command.startswith("UID")]
    assert asked[0] == "UID SEARCH SINCE 14-Sep-2026"
    assert all("BODY.PEEK" in command for command in asked[1:])


def test_a_folder_that_is_not_there_is_said(archive, settings):
    settings.MAIL_ARCHIVE_FOLDER = "Elsewhere"

    with pytest.raises(Unreadable):
        list(sent.after(clock.now()))


@pytest.mark.parametrize("given", [("a@example.org", ""), ("", "Sent")])
def test_an_address_that_nobody_reads_stops_the_start(given):
    with pytest.raises(ImproperlyConfigured):
        post.archive(*given)
    assert post.archive("", "")["module"] == ""
