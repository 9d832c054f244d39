from django.urls import path

from partnership.areas import views

app_name = "areas"
urlpatterns = [
    path("", views.area, name="area"),
    path("people/", views.people, name="people"),
    path("timeline/", views.timeline, name="timeline"),
]
