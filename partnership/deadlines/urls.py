from django.urls import path

from partnership.deadlines.views import acts, cycles, lists, meetings, reminders

app_name = "deadlines"
urlpatterns = [
    path("", lists.duties, name="duties"),
    path("calendar.ics", lists.calendar, name="calendar"),
    path("local/", cycles.cycles, name="cycles"),
    path("local/add/", cycles.add, name="add_cycle"),
    path("local/<int:cycle>/end/", cycles.end, name="end_cycle"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/add/", meetings.add, name="add_meeting"),
    path("meetings/<int:meeting>/call-off/", meetings.call_off, name="call_off"),
    path("reminders/", reminders.ladders, name="ladders"),
    path("reminders/<slug:rule>/", reminders.ladder, name="ladder"),
    path("reminders/<slug:rule>/<slug:rung>/off/", reminders.switch_off, name="switch_off"),
    path("reminders/<slug:rule>/<slug:rung>/on/", reminders.switch_on, name="switch_on"),
    path("<int:duty>/", lists.duty, name="duty"),
    path("<int:duty>/own-day/", acts.target, name="target"),
    path("<int:duty>/hold/", acts.hold, name="hold"),
    path("<int:duty>/resume/", acts.resume, name="resume"),
    path("<int:duty>/late/", acts.late, name="late"),
    path("<int:duty>/done/", acts.done, name="done"),
]
