from django.urls import path

from partnership.contributions.views import gathering, keeping, reading, writing

app_name = "contributions"
urlpatterns = [
    path("", reading.rooms, name="rooms"),
    path("ask/", gathering.ask, name="ask"),
    path("<int:room>/", reading.room, name="room"),
    path("<int:room>/write/", writing.write, name="write"),
    path("<int:room>/keep/", keeping.keep, name="keep"),
    path("<int:room>/forget/", keeping.forget, name="forget"),
    path("<int:room>/texts/<int:text>/", writing.text, name="text"),
    path("<int:room>/release/", writing.release, name="release"),
    path("<int:room>/take-back/", writing.take_back, name="take_back"),
    path("<int:room>/hand-back/", gathering.hand_back, name="hand_back"),
    path("<int:room>/take/", gathering.take, name="take"),
    path("<int:room>/without/", gathering.do_without, name="without"),
]
