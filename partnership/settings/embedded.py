"""The default of manage.py: servers out of wheels, all mail into a local mailbox, demo data, a clock that can be moved."""

from partnership.settings import post, seal
from partnership.settings.base import *  # noqa: F403
from partnership.settings.base import INSTALLED_APPS, MIDDLEWARE, env

PRACTICE = True
SECRET_KEY = env.text("SECRET_KEY", "only-for-the-practice-area-on-this-machine-never-for-production")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
INSTALLED_APPS = [*INSTALLED_APPS, "partnership.practice"]
MIDDLEWARE = ["partnership.practice.middleware.RequestClock", *MIDDLEWARE]
MAIL_ARCHIVE_FINDER = "partnership.practice.mailbox.find"
MAIL_ARCHIVE = "partnership.practice.mailbox"
MAIL_REPLY_ADDRESS = post.reply_address("submissions+{token}@practice.example")
MAILBOX_READER = "partnership.practice.incoming"
EMAIL_PORT = env.number("EMAIL_PORT", 2525)
CELERY_TASK_ALWAYS_EAGER = False
SEAL = seal.from_environment()
