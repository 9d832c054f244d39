from django.urls import path

from partnership.counts import views

app_name = "counts"
urlpatterns = [
    path("", views.years, name="years"),
    path("<slug:year>/", views.year, name="year"),
    path("<slug:year>/lines.csv", views.csv, name="csv"),
    path("<slug:year>/add/", views.add_count, name="add_count"),
    path("<slug:year>/<int:count>/", views.correct_count, name="correct_count"),
    path("<slug:year>/<int:count>/remove/", views.remove_count, name="remove_count"),
    path("<slug:year>/attendance/add/", views.add_attendance, name="add_attendance"),
    path("<slug:year>/attendance/<int:attendance>/", views.correct_attendance, name="correct_attendance"),
    path("<slug:year>/attendance/<int:attendance>/remove/", views.remove_attendance, name="remove_attendance"),
]
