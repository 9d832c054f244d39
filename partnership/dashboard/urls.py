"""The addresses of an area. Its overview is drawn here; the rest are the area's own pages."""

from django.urls import include, path

from partnership.dashboard import overview

app_name = "areas"
urlpatterns = [
    path("", overview.area, name="area"),
    path("", include("partnership.areas.urls")),
]
