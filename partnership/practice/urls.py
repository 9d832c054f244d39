"""The practice area's own pages, under /practice/."""

from django.urls import path

from partnership.practice.views import clock, mailbox, people

app_name = "practice"
urlpatterns = [
    path("clock/", clock.show, name="clock"),
    path("clock/move/", clock.move_to_moment, name="move"),
    path("clock/run/", clock.run_due, name="run_due"),
    path("mailbox/", mailbox.box, name="mailbox"),
    path("mailbox/<str:name>/", mailbox.letter, name="message"),
    path("mailbox/<str:name>/attachment/<int:number>/", mailbox.attachment, name="attachment"),
    path("people/", people.people, name="people"),
]
