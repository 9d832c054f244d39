"""What people do with Word files."""

from partnership.word.services.removing import remove
from partnership.word.services.taking import Choice, Taken, Words, take
from partnership.word.services.uploading import describe, upload, upload_earlier

__all__ = ["Choice", "Taken", "Words", "describe", "remove", "take", "upload", "upload_earlier"]
