from django.urls import path

from partnership.deadlines import views

app_name = "deadlines"
urlpatterns = [
    path("", views.duties, name="duties"),
    path("calendar.ics", views.calendar, name="calendar"),
    path("<int:duty>/", views.duty, name="duty"),
]
