from django.urls import path

from partnership.calendars import views

app_name = "calendars"
urlpatterns = [
    path("", views.feeds, name="feeds"),
    path("new/", views.make, name="make"),
    path("<int:feed>/revoke/", views.revoke, name="revoke"),
    path("<slug:token>.ics", views.read, name="read"),
]
