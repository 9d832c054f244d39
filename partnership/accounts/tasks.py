"""Celery's doors to the jobs. They take nothing: the rows say what is to be done."""

from celery import shared_task

from partnership.accounts import jobs


@shared_task(acks_late=True)
def answer_password_asks() -> None:
    jobs.answer_password_asks()
