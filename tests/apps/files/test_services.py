"""Putting in and getting out by hash."""

import hashlib
import threading
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from partnership.files import services
from partnership.files.models import StoredFile

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 the report"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "file_permissions_mode": 0o640},
        },
    }
    return tmp_path


def test_put_stores_bytes_under_their_hash(folder):
    file = services.put(PDF, "application/pdf")

    sha256 = hashlib.sha256(PDF).hexdigest()
    path = folder / sha256[:2] / sha256[2:4] / sha256
    assert (file.sha256, file.size, file.content_type) == (sha256, len(PDF), "application/pdf")
    assert path.read_bytes() == PDF
    assert path.stat().st_mode & 0o777 == 0o640


def test_put_twice_is_one_file_with_its_first_type(folder):
    first = services.put(PDF, "application/pdf")

    second = services.put(PDF, "text/plain")

    assert second == first
    assert second.content_type == "application/pdf"
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_put_at_the_same_time_is_one_file(folder):
    begin = threading.Barrier(4)

    def work() -> None:
        begin.wait()
        services._write("ab/cd/abcd", PDF)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert [path.name for path in folder.rglob("*") if path.is_file()] == ["abcd"]


def test_read_gives_back_what_was_put():
    assert services.read(services.put(PDF, "application/pdf")) == PDF


def test_read_refuses_bytes_that_differ(folder):
    file = services.put(PDF, "application/pdf")
    (folder / file.name).write_bytes(PDF + b" altered")

    with pytest.raises(services.FileDamaged, match="no longer has the content"):
        services.read(file)


def test_read_refuses_missing_bytes(folder):
    file = services.put(PDF, "application/pdf")
    (folder / file.name).unlink()

    with pytest.raises(services.FileDamaged, match="is missing"):
        services.read(file)


def test_put_mends_what_was_damaged(folder):
    file = services.put(PDF, "application/pdf")
    (folder / file.name).write_bytes(b"half")

    services.put(PDF, "application/pdf")

    assert services.read(file) == PDF


def test_a_write_that_fails_leaves_neither_row_nor_half_a_file(folder, monkeypatch):
    def full(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr("partnership.files.services.os.replace", full)

    with pytest.raises(OSError, match="No space"):
        services.put(PDF, "application/pdf")

    assert not StoredFile.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("column", ["size", "content_type"])
def test_the_database_refuses_to_change_a_row(column):
    file = services.put(PDF, "application/pdf")

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE files_storedfile SET {column} = '1' WHERE sha256 = %s", [file.sha256])


@pytest.mark.parametrize("sha256", ["", "A" * 64, "a" * 63, "g" * 64])
def test_the_database_refuses_what_is_no_hash(sha256):
    with pytest.raises(IntegrityError, match="files_sha256_in_hex"), transaction.atomic():
        StoredFile.objects.create(sha256=sha256, size=1, content_type="text/plain")


def test_what_is_forgotten_is_gone_and_can_be_put_in_again(folder, django_capture_on_commit_callbacks):
    file = services.put(PDF, "application/pdf")
    with django_capture_on_commit_callbacks(execute=True):
        assert services.forget(file)
        assert services.read(file) == PDF  # until the transaction is committed
    assert not StoredFile.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]

    assert services.read(services.put(PDF, "application/pdf")) == PDF


def test_what_was_put_in_again_before_the_end_stays(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.forget(services.put(PDF, "application/pdf"))
        again = services.put(PDF, "application/pdf")

    assert services.read(again) == PDF
