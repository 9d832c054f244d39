"""Production: every secret is required, every cookie is secure, logs are JSON without content. Nothing here has a soft default."""

from typing import Any

import structlog

from partnership.settings import post, seal
from partnership.settings.base import *  # noqa: F403
from partnership.settings.base import LOGGERS, LOGGING, MAIL_REPLY_ADDRESS, MAILBOX, MIDDLEWARE, env
from partnership.settings.traces import trace

SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
env.text("DATABASE_URL")  # base has a soft default for it; production has none
CELERY_BROKER_URL = env.text("BROKER_URL")
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 465)
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL", True)
post.check(MAIL_REPLY_ADDRESS, MAILBOX)
MAIL_REQUIRE_TLS = env.flag("MAIL_REQUIRE_TLS", True)
PUBLIC_ADDRESS = env.text("PUBLIC_ADDRESS").rstrip("/")
SEAL = seal.from_environment()

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
if env.flag("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # otherwise all visitors would share one count of tries
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_NAME = "__Host-sid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
INSTALLED_APPS = [*INSTALLED_APPS, "django_structlog"]
MIDDLEWARE = [*MIDDLEWARE, "partnership.web.request_lines.RequestLines"]

# One line of JSON for each event: identifiers, never what anybody wrote. Of what a line brings along, these keys alone
# are shown (partnership.web.denials): Django brings the whole request, and with it the path.
_KEYS = ("actor", "method", "page", "arguments", "rule", "status")
_STEPS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(_KEYS),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
structlog.configure(
    processors=[*_STEPS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    **LOGGING,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _STEPS,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.ExceptionRenderer(trace),
                structlog.processors.JSONRenderer(),
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {**LOGGERS, "weasyprint": {"level": "ERROR"}, "fontTools": {"level": "ERROR"}},
}
