"""The statutory documents: what is written, what is frozen, who signed it, and what it looks like on paper."""

from partnership.documents.models.answering import Answer, Block, Explanation, Reason
from partnership.documents.models.correction import Correction, Nature
from partnership.documents.models.document import Document
from partnership.documents.models.drafting import Picture, Section, SectionText
from partnership.documents.models.proposal import Act, Outcome, PaperSignature, Proposal
from partnership.documents.models.release import Release, Review
from partnership.documents.models.rendition import Rendition, RenditionKind
from partnership.documents.models.share import DocumentShare
from partnership.documents.models.sign_off import Position, RequiredSeat, SignOff
from partnership.documents.models.unsigned import Unsigned, Why
from partnership.documents.models.version import Ground, Version

__all__ = [
    "Act",
    "Answer",
    "Block",
    "Correction",
    "Document",
    "DocumentShare",
    "Explanation",
    "Ground",
    "Nature",
    "Outcome",
    "PaperSignature",
    "Picture",
    "Position",
    "Proposal",
    "Reason",
    "Release",
    "Rendition",
    "RenditionKind",
    "RequiredSeat",
    "Review",
    "Section",
    "SectionText",
    "SignOff",
    "Unsigned",
    "Version",
    "Why",
]
