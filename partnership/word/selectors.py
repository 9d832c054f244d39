"""Reading what was imported."""

from django.db.models import Count, Q, QuerySet

from partnership.areas.models import Area
from partnership.documents.models import Document
from partnership.word.models import Fate, WordImport


def of_document(document: Document) -> QuerySet[WordImport]:
    """The files that were uploaded for a document, newest first, each with how many of its headings were decided."""
    rows = WordImport.objects.filter(document=document).select_related(
        "uploaded_by", "removed_by", "area", "document__area", "file"
    )
    return rows.annotate(
        count=Count("parts"),
        taken=Count("parts", filter=Q(parts__fate__in=[Fate.TAKEN, Fate.KEPT_ASIDE])),
        left=Count("parts", filter=Q(parts__fate=Fate.WAITING)),
    )


def same_file(word: WordImport) -> QuerySet[WordImport]:
    """The other uploads of the same file for the same document."""
    return WordImport.objects.filter(document=word.document, file=word.file).exclude(pk=word.pk)


def lock(word: WordImport) -> WordImport:
    """The file's row, locked until the end of the transaction."""
    rows = WordImport.objects.select_for_update(of=("self",)).select_related("area", "document__area", "file")
    return rows.get(pk=word.pk)


def earlier(area: Area) -> QuerySet[WordImport]:
    """The imported documents of an area that stand for themselves, each once: the newest file of a period counts."""
    rows = WordImport.objects.filter(area=area, document=None).select_related("uploaded_by", "area", "file")
    newest = rows.order_by("kind", "period_label", "-uploaded_at", "-id").distinct("kind", "period_label")
    return rows.filter(pk__in=newest.values("pk")).order_by("kind", "-period_label")


def replaced_by(word: WordImport) -> WordImport | None:
    """The newer file of the same period, or None."""
    newest = earlier(word.area).filter(kind=word.kind, period_label=word.period_label).first()
    return newest if newest and newest.pk != word.pk else None
