from django.urls import path

from partnership.deadlines.views import acts, cycles, lists

app_name = "deadlines"
urlpatterns = [
    path("", lists.duties, name="duties"),
    path("calendar.ics", lists.calendar, name="calendar"),
    path("local/", cycles.cycles, name="cycles"),
    path("local/add/", cycles.add, name="add_cycle"),
    path("local/<int:cycle>/end/", cycles.end, name="end_cycle"),
    path("<int:duty>/", lists.duty, name="duty"),
    path("<int:duty>/own-day/", acts.target, name="target"),
    path("<int:duty>/hold/", acts.hold, name="hold"),
    path("<int:duty>/resume/", acts.resume, name="resume"),
    path("<int:duty>/late/", acts.late, name="late"),
    path("<int:duty>/done/", acts.done, name="done"),
]
