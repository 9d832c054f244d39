from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from partnership.public import api

urlpatterns = [
    path("documents/", api.DocumentList.as_view(), name="api-documents"),
    path("documents/<slug:area>/<document:document>/", api.DocumentDetail.as_view(), name="api-document"),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
]
