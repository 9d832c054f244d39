"""The page of the operators in trouble, with everything in it; where all is well; and where nothing ever ran."""

from datetime import timedelta

from partnership import clock
from partnership.operations import alarms, beating, watch
from partnership.operations.beating import Run
from partnership.operations.models import Alarm, Heartbeat
from tests import worlds
from tests.browser.places import Place


def pages() -> list[Place]:
    """Steps that fail, a queue that is silent, alarms that ring and that are over; and the home of an operator."""
    ros = worlds.operator()
    before = clock.real() - timedelta(minutes=20)
    beating.write([Run(job.name, before, before, 3) for job in watch.WATCHED if job.name != "lists_forgotten"])
    Heartbeat.objects.exclude(name__in=["queue:pdf", "messages_sent"]).update(at=clock.real(), began_at=clock.real())
    beating.ask(["queue:pdf"])
    Heartbeat.objects.filter(name="queue:pdf").update(began_at=before + timedelta(minutes=1))
    for _ in range(4):
        beating.write(
            [Run("duties_opened", clock.real(), clock.real(), failure="AVeryLongNameOfAnOperationalErrorOfTheDriver")]
        )
    beating.write([Run("reminders_queued", clock.real(), clock.real(), failure="OSError")])
    alarms.look()
    began = clock.real() - timedelta(days=3)
    Alarm.objects.create(job="tick", trouble="late", since=began, began_at=began, ended_at=began + timedelta(hours=2))
    return [
        Place(ros, "operations:overview"),
        Place(ros, "home"),
        Place(worlds.person("Nobody"), "operations:overview", status=404),
    ]
