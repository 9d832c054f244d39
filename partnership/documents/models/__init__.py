"""The statutory documents: what is written, what is frozen, who signed it, and what it looks like on paper."""

from partnership.documents.models.answering import Answer, Block, Explanation, Reason
from partnership.documents.models.document import Document
from partnership.documents.models.drafting import Picture, Section, SectionText
from partnership.documents.models.rendition import Rendition, RenditionKind
from partnership.documents.models.share import DocumentShare
from partnership.documents.models.sign_off import RequiredSeat, SignOff
from partnership.documents.models.version import Version

__all__ = [
    "Answer",
    "Block",
    "Document",
    "DocumentShare",
    "Explanation",
    "Picture",
    "Reason",
    "Rendition",
    "RenditionKind",
    "RequiredSeat",
    "Section",
    "SectionText",
    "SignOff",
    "Version",
]
