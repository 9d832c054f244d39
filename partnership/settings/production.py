"""Production: every secret is required, every cookie is secure, logs are JSON without content. Nothing here has a soft default."""

from partnership.settings.base import *  # noqa: F403
from partnership.settings.base import MIDDLEWARE, env

SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
DATABASES = {"default": {**env.database("DATABASE_URL"), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
CELERY_BROKER_URL = env.text("BROKER_URL")
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 465)
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL", True)
MAIL_REQUIRE_TLS = env.flag("MAIL_REQUIRE_TLS", True)
PUBLIC_ADDRESS = env.text("PUBLIC_ADDRESS")

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
if env.flag("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_NAME = "__Host-sid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
INSTALLED_APPS = [*INSTALLED_APPS, "django_structlog"]
MIDDLEWARE = [*MIDDLEWARE, "django_structlog.middlewares.RequestMiddleware"]
