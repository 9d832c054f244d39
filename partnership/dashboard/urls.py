"""The addresses of an area. Its overview is drawn here; the rest are the area's own pages."""

from django.urls import path

from partnership.areas import views
from partnership.dashboard import overview

app_name = "areas"
urlpatterns = [
    path("", overview.area, name="area"),
    path("people/", views.people, name="people"),
    path("timeline/", views.timeline, name="timeline"),
]
