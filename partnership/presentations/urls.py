from django.urls import path

from partnership.presentations import views

app_name = "presentations"
urlpatterns = [
    path("", views.log, name="log"),
    path("add/", views.record, name="record"),
    path("<int:presentation>/", views.correct, name="correct"),
]
