"""Celery's doors to the jobs. They take nothing: the rows say what is to be done."""

from celery import shared_task

from partnership.mail import jobs


@shared_task(acks_late=True)
def deliver_due() -> None:
    jobs.deliver_due()


@shared_task(acks_late=True)
def free_stuck() -> None:
    jobs.free_stuck()


@shared_task(acks_late=True)
def reconcile_uncertain() -> None:
    jobs.reconcile_uncertain()
