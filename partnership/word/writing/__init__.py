"""From what a version says to a Word file, or one page of HTML that needs nothing else. Plain Python and templates."""

from partnership.word.writing.cover import Cover
from partnership.word.writing.files import to_docx
from partnership.word.writing.standalone import to_html

__all__ = ["Cover", "to_docx", "to_html"]
