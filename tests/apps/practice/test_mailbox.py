"""Reading what the local relay wrote, and finding a message again."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from partnership.practice import mailbox

NAME = "1789376400000-0a1b2c3d.eml"


@pytest.fixture
def put(mailbox_folder):
    """Write a message as the local relay does, and return its file name."""

    def put(name: str = NAME, attachment: tuple[bytes, str, str] | None = None, **headers: str) -> str:
        message = EmailMessage()
        message["X-Practice-Envelope-From"] = "no-reply@service.example"
        message["X-Practice-Envelope-To"] = "panel@example.org"
        given = {
            "From": "Service <no-reply@service.example>",
            "To": "panel@example.org",
            "Subject": "Yearly report – Ealing",
            "Date": "Wed, 30 Sep 2026 12:00:00 +0100",
            "Message-ID": "<one@example.org>",
        }
        for header, value in {**given, **{key.replace("_", "-"): value for key, value in headers.items()}}.items():
            message[header] = value
        message.set_content("Reference A1. Open https://service.example/a1/ <b>now</b>\n")
        if attachment:
            data, kind, file_name = attachment
            maintype, subtype = kind.split("/")
            message.add_attachment(data, maintype=maintype, subtype=subtype, filename=file_name)
        (mailbox_folder / name).write_bytes(message.as_bytes())
        return name

    return put


def test_names_are_newest_first_and_ignore_what_is_no_message(mailbox_folder, put):
    for name in ("999-00000000.eml", "1000-00000000.eml", "1000-ffffffff.eml"):
        put(name)
    (mailbox_folder / "1000-ffffffff.eml.tmp").write_text("being written")
    (mailbox_folder / "notes.txt").write_text("not a message")

    assert mailbox.names() == ["1000-ffffffff.eml", "1000-00000000.eml", "999-00000000.eml"]


def test_there_are_no_names_before_the_folder_exists(mailbox_folder):
    mailbox_folder.rmdir()

    assert mailbox.names() == []


def test_a_heading_tells_from_to_subject_and_date(put):
    heading = mailbox.heading(put())

    assert heading.sender == "Service <no-reply@service.example>"
    assert (heading.to, heading.subject) == ("panel@example.org", "Yearly report – Ealing")
    assert heading.at == datetime(2026, 9, 30, 11, tzinfo=UTC)


@pytest.mark.parametrize("date", ["", "nonsense", "Wed, 30 Sep 2026 12:00:00 -0000"])
def test_a_message_without_a_usable_date_has_the_time_of_its_arrival(put, date):
    assert mailbox.heading(put(Date=date)).at == datetime.fromtimestamp(1789376400, UTC)


def test_a_letter_has_its_envelope_text_and_attachments(put):
    letter = mailbox.letter(put(attachment=(b"%PDF\x00\xff", "application/pdf", "Report ä.pdf")))

    (enclosure,) = letter.enclosures
    assert (letter.envelope_from, letter.envelope_to) == ("no-reply@service.example", "panel@example.org")
    assert letter.text.startswith("Reference A1.")
    assert (enclosure.number, enclosure.name, enclosure.data) == (1, "Report ä.pdf", b"%PDF\x00\xff")


def test_a_file_that_is_hardly_a_message_can_still_be_opened(mailbox_folder):
    (mailbox_folder / NAME).write_bytes(b"Content-Type: text/plain; charset=nonsense\nSubject: \xff\xfe\n\n\xff text")

    assert "text" in mailbox.letter(NAME).text


@pytest.mark.parametrize("name", ["../secret.eml", "/etc/passwd", "1-00000000.eml/..", "x.eml"])
def test_no_name_leads_out_of_the_folder(name):
    with pytest.raises(FileNotFoundError):
        mailbox.letter(name)


def test_find_finds_a_message_by_its_id(put):
    put("1-00000000.eml", Message_ID="<other@example.org>")
    put("2-00000000.eml", Message_ID="<wanted@example.org>")

    evidence = mailbox.find("<wanted@example.org>")

    assert evidence.sentence == "Found in the local mailbox as 2-00000000.eml, delivered to panel@example.org."
    assert mailbox.find("<absent@example.org>") is None


@pytest.mark.django_db
def test_the_list_shows_every_message(signed_in, put):
    put()

    page = signed_in.get("/practice/mailbox/").content.decode()

    assert "Yearly report – Ealing" in page
    assert "30 September 2026 at 12:00pm" in page


@pytest.mark.django_db
def test_an_empty_mailbox_says_so(signed_in):
    assert "No message has arrived yet." in signed_in.get("/practice/mailbox/").content.decode()


@pytest.mark.django_db
def test_a_long_list_has_pages(signed_in, put):
    for number in range(30):
        put(f"{number}-00000000.eml", Subject=f"Message {number}.")

    second = signed_in.get("/practice/mailbox/?page=2").content.decode()

    assert "Message 4." in second
    assert "Message 5." not in second


@pytest.mark.django_db
def test_a_message_page_escapes_the_text_and_makes_links(signed_in, put):
    page = signed_in.get(f"/practice/mailbox/{put()}/").content.decode()

    assert '<a href="https://service.example/a1/"' in page
    assert "&lt;b&gt;now&lt;/b&gt;" in page
    assert "&lt;one@example.org&gt;" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "served_as"), [("application/pdf", "application/pdf"), ("text/html", "application/octet-stream")]
)
def test_an_attachment_is_only_ever_saved(signed_in, put, kind, served_as):
    name = put(attachment=(b"<script>1</script>", kind, "Report ä.pdf"))

    response = signed_in.get(f"/practice/mailbox/{name}/attachment/1/")

    assert response.content == b"<script>1</script>"
    assert response["Content-Type"] == served_as
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Report%20%C3%A4.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["5-00000000.eml/", f"{NAME}/attachment/1/", "..%2fsecret/", "x/"])
def test_what_is_not_there_is_404(signed_in, path):
    assert signed_in.get(f"/practice/mailbox/{path}").status_code == 404
