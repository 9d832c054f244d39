from django.urls import path

from partnership.briefings import views

app_name = "briefings"
urlpatterns = [
    path("guidance/", views.editions, name="editions"),
    path("guidance/history/", views.past, name="history"),
    path("guidance/compare/", views.compare, name="compare"),
    path("guidance/<slug:edition>/", views.edition, name="edition"),
    path("areas/<slug:area>/briefings/", views.briefings, name="briefings"),
    path("areas/<slug:area>/briefings/<slug:edition>/", views.briefing, name="briefing"),
    path("areas/<slug:area>/briefings/<slug:edition>/acknowledge/", views.acknowledge, name="acknowledge"),
]
