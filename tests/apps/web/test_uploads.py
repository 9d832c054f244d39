import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import StopFutureHandlers

from partnership.web.forms import FileField, Form
from partnership.web.uploads import LimitedUpload, TooLarge

SENTENCE = "The file must be smaller than 1 MB. The one you chose is larger."


@pytest.fixture(autouse=True)
def limit(settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    settings.PRACTICE = True
    settings.FILE_UPLOAD_HANDLERS = ["partnership.web.uploads.LimitedUpload"]


@pytest.mark.django_db
def test_a_file_that_is_too_large_is_answered_and_what_was_typed_is_kept(client):
    large = SimpleUploadedFile("large.png", b"x" * (1024 * 1024 + 1))

    html = client.post("/components/", {"title": "Our year", "evidence": large, "summary": "Kept"}).content.decode()

    assert f'<a href="#id_evidence">{SENTENCE}</a>' in html
    assert 'value="Our year"' in html
    assert "Kept</textarea>" in html


@pytest.mark.django_db
def test_a_file_at_the_limit_is_taken(client):
    allowed = SimpleUploadedFile("allowed.png", b"x" * 1024 * 1024)

    assert SENTENCE not in client.post("/components/", {"evidence": allowed}).content.decode()


def test_nothing_of_a_file_beyond_the_limit_is_kept(rf):
    handler = LimitedUpload(rf.post("/"))
    with pytest.raises(StopFutureHandlers):
        handler.new_file("evidence", "large.png", "image/png", 0)

    for start in range(0, 3 * 1024 * 1024, 1024 * 1024):
        handler.receive_data_chunk(b"x" * 1024 * 1024, start)

    found = handler.file_complete(3 * 1024 * 1024)
    assert handler.file.closed
    assert isinstance(found, TooLarge)
    assert (found.name, found.size) == ("large.png", 0)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("large.png", b"x" * (1024 * 1024 + 1)), SENTENCE),
        (TooLarge("large.png", b""), SENTENCE),
        (SimpleUploadedFile("empty.png", b""), "The file you chose is empty. Choose another one."),
        (None, "Choose a file for picture"),
    ],
)
def test_a_file_that_cannot_be_taken_is_answered_with_what_to_do(file, words):
    class PictureForm(Form):
        picture = FileField()

    assert PictureForm({}, {"picture": file} if file else {}).errors["picture"] == [words]
