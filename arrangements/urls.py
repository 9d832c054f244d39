from django.urls import path

from arrangements import views

app_name = "arrangements"
AGENCIES = "areas/<slug:area>/<document:document>/agencies"
urlpatterns = [
    path("acknowledge/<str:token>/", views.acknowledge, name="acknowledge"),
    path(f"{AGENCIES}/", views.notices, name="notices"),
    path(f"{AGENCIES}/tell/", views.tell_named_since, name="tell_named_since"),
    path(f"{AGENCIES}/<int:seat>/again/", views.tell_again, name="tell_again"),
    path(f"{AGENCIES}/<int:seat>/acknowledgement/", views.record, name="record"),
]
