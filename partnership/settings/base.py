"""Everything that does not depend on where we run."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from partnership.settings import env, post
from partnership.settings.queues import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / ".data")))

SERVICE_NAME = "Manage a safeguarding partnership"
PRACTICE = False  # the practice area with its movable clock: embedded mode alone
FAULT_FOLDER = ""  # set by the kill harness alone (web/faults.py); refused outside of the practice area
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "partnership.web",
    "partnership.audit",
    "partnership.files",
    "partnership.mail",
    "partnership.accounts",
    "partnership.notices",
    "partnership.areas",
    "partnership.documents",
    "partnership.deadlines",
    "partnership.case_reviews",
    "partnership.calendars",
    "partnership.submissions",
    "partnership.funding",
    "partnership.counts",
    "partnership.contributions",
    "partnership.drafting",
    "partnership.briefings",
    "partnership.word",
    "partnership.impact",
    "partnership.living",
    "partnership.carrying",
    "partnership.companions",
    "partnership.presentations",
    "scrutiny",
    "arrangements",
    "reports",
    "partnership.evidence",
    "partnership.operations",
]

MIDDLEWARE = [
    "partnership.web.middleware.NoBodyForHead",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "partnership.web.middleware.SecurityHeaders",
    "partnership.web.middleware.MethodsInUse",
    "partnership.web.denials.Denials",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "partnership.accounts.middleware.SessionLimits",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "partnership.accounts.middleware.SecondFactorForEveryone",
    "partnership.dashboard.middleware.OfficeEnds",
    "partnership.web.middleware.Refusals",
]

ROOT_URLCONF = "partnership.urls"
WSGI_APPLICATION = "partnership.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partnership.web.context.service",
                "partnership.accounts.context.signing_in",
                "partnership.nav.frame",
            ],
            "builtins": ["partnership.web.templatetags.govuk", "partnership.web.templatetags.words"],
        },
    }
]
FORM_RENDERER = "partnership.web.forms.GovukRenderer"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "partnership.accounts.passwords.HardToGuess"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "partnership.accounts.adapter.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation goes to the address, so following it proves it
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# The key, and what follows from wrong passwords at one network address: accounts/throttling.py. A whole council may sit
# behind one address, so no count of that alone keeps anybody out.
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "5/5m/key",
    "login_failed_at_address": "30/5m/ip",
    "reset_password": "100/m/ip,5/m/key",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "login": "partnership.accounts.forms.SignInForm",
    "reauthenticate": "partnership.accounts.forms.ReauthenticateForm",
    "change_password": "partnership.accounts.forms.ChangePasswordForm",
    "set_password": "partnership.accounts.forms.SetPasswordForm",
    "reset_password": "partnership.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "partnership.accounts.forms.ResetPasswordKeyForm",
}
SOCIALACCOUNT_ADAPTER = "partnership.accounts.organisations.provider.OnlyOurDoors"
MFA_ADAPTER = "partnership.accounts.second_factor.SecondFactor"
MFA_FORMS = {
    "authenticate": "partnership.accounts.forms.CodeForm",
    "reauthenticate": "partnership.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "partnership.accounts.forms.ActivateTotpForm",
    "add_webauthn": "partnership.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "partnership.accounts.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {"webauthn_login": "100/m/ip"}  # nothing in a passkey can be guessed; this spares the processor
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = SERVICE_NAME

ANONYMOUS_USER_NAME = None  # guardian: no row that stands for everybody
GUARDIAN_RAISE_403 = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # its backend stays out: rights come from offices (ADR 0006)

# Shared by every process: counted tries, and codes that were used. Its table is made by a migration of accounts.
CACHES = {
    "default": {
        "BACKEND": "partnership.accounts.shared_cache.SharedCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},  # Django's 300 would let whoever tries many names push counts out
    }
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "partnership.web.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "Europe/London"
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files", "file_permissions_mode": 0o640},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_HANDLERS = ["partnership.web.uploads.LimitedUpload"]
UPLOAD_MAX_BYTES = 8 * 1024 * 1024  # one picture; a page that takes Word files says so itself (web/uploads.py)

_DATABASE = env.database("DATABASE_URL", "postgresql://app@/app")
_TIMES = "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
DATABASES = {
    "default": {
        **_DATABASE,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**_DATABASE.get("OPTIONS", {}), "options": _TIMES, "connect_timeout": 5},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "Manage a safeguarding partnership <no-reply@safeguarding.example>")
MAIL_REPLY_ADDRESS, MAILBOX, MAILBOX_READER, MAIL_MOST_BYTES = post.from_environment()
_ARCHIVE = post.archive(env.text("MAIL_ARCHIVE_ADDRESS", ""), env.text("IMAP_ARCHIVE_FOLDER", ""))
MAIL_ARCHIVE_ADDRESS, MAIL_ARCHIVE_FOLDER = _ARCHIVE["address"], _ARCHIVE["folder"]
MAIL_ARCHIVE, MAIL_ARCHIVE_FINDER = _ARCHIVE["module"], _ARCHIVE["finder"]
PUBLIC_ADDRESS = env.text("PUBLIC_ADDRESS", "http://localhost:8000").rstrip("/")

# Each says of a person whether it gives them a right now or later; where none does, an invitation is no good any more.
WHAT_GIVES_RIGHTS = ["partnership.areas.access.serves_any_area", "partnership.documents.selectors.reads_by_name"]
WHAT_GIVES_RIGHTS += ["partnership.accounts.selectors.operates_now_or_later"]

DOCUMENT_KINDS = ["arrangements.kind.ARRANGEMENTS", "reports.kind.YEARLY_REPORT"]
DOCUMENT_KINDS += ["statutory.budget.BUDGET", "statutory.thresholds.THRESHOLDS"]  # without tables of their own

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "EXCEPTION_HANDLER": "partnership.web.rest.problem",
}
SPECTACULAR_SETTINGS = {"TITLE": SERVICE_NAME, "VERSION": "1"}

_BADLY_ASKED = ("DisallowedHost", "RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent")
# Django logs the path of what it refuses, and a path may hold the token of a link.
LOGGERS: dict[str, dict[str, Any]] = {
    "partnership": {"level": "INFO"},
    "django.request": {"filters": ["names"]},
    "django.security.csrf": {"filters": ["names"]},
    **{f"django.security.{kind}": {"filters": ["one_line"]} for kind in _BADLY_ASKED},
}
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "names": {"()": "partnership.web.logs.NamesForPaths"},
        "one_line": {"()": "partnership.web.logs.OneLine"},
    },
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": LOGGERS,
}
