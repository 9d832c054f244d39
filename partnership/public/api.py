"""The read API of what was published. No account, no key, nothing that is not on the public pages."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.permissions import AllowAny

from partnership.areas.models import Area
from partnership.documents import selectors as documents
from partnership.documents.kinds import kind_at
from partnership.documents.models import Version
from partnership.public.serializers import Publication, PublicationDetail


class Withdrawn(APIException):
    """What was at this address was withdrawn after publication; its page says when and why."""

    status_code = 410
    default_detail = "This was withdrawn after publication. Its page says when and why."
    default_code = "withdrawn"


FILTERS = {"area": "document__area__slug", "kind": "document__kind", "period": "document__period_label"}


@extend_schema(parameters=[OpenApiParameter(name, str, description=f"Only this {name}.") for name in FILTERS])
class DocumentList(ListAPIView[Version]):
    """Every published document, the newest first: for each the last version that was published."""

    authentication_classes: tuple[Any, ...] = ()
    permission_classes = (AllowAny,)
    serializer_class = Publication

    def get_queryset(self) -> QuerySet[Version]:
        asked = {lookup: self.request.query_params.get(name) for name, lookup in FILTERS.items()}
        # PostgreSQL knows no zero character; whoever asks for one finds nothing.
        clean = {lookup: value.replace("\x00", " ") for lookup, value in asked.items() if value}
        return documents.publications().filter(**clean).defer("content").order_by("-published_at", "-pk")


class DocumentDetail(RetrieveAPIView[Version]):
    """One published document with its frozen content and its signatures."""

    authentication_classes: tuple[Any, ...] = ()
    permission_classes = (AllowAny,)
    serializer_class = PublicationDetail
    queryset = Version.objects.none()

    def get_object(self) -> Version:
        path, _, label = self.kwargs["document"].rpartition("/")
        area = Area.objects.filter(slug=self.kwargs["area"]).first()
        kind = kind_at(path)
        version = documents.published(area, kind.key, label) if area and kind else None
        if version is None and area and kind and documents.withdrawn(area, kind.key, label):
            raise Withdrawn
        if version is None:
            raise Http404
        return version
