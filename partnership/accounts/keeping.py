"""Keeping what somebody sent when it could not be taken, until they have signed in or confirmed who they are again.

Kept are the form's own fields: no file, no password or code, no token.
"""

import re
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse

from partnership import clock
from partnership.accounts.models import KeptPost, User

MOST = 300_000  # bytes; the longest section and everything beside it
MARK = "kept_post"  # the field by which a post that was kept is known when it is sent again
NOT_DONE = "not_done"  # in a session: something was sent before anybody had signed in, and nothing came of it
NOT_KEPT = {"csrfmiddlewaretoken", "code", "credential", "token", MARK}
PATH_LENGTH = 500
ACT_LENGTH = 300
AT_ONCE = 20  # for one person; the oldest goes first


def keep(request: HttpRequest, user: User, act: str = "") -> KeptPost | None:
    """Keep this post for its person; None for what is never kept: pages of the account, and what is too long.

    `act`: what they were about to do, as it follows “to”; empty where nobody says.
    """
    if _is_of_the_account(request) or len(request.path) > PATH_LENGTH:
        return None
    fields = [
        (name, value) for name, values in request.POST.lists() if _may_be_kept(name) for value in map(str, values)
    ]
    size = sum(len(name.encode()) + len(value.encode()) for name, value in fields)
    if size > MOST:
        return None
    forget(request, user)  # sent before, kept again: once is enough
    KeptPost.objects.filter(pk__in=[*user.kept_posts.values_list("pk", flat=True)[AT_ONCE - 1 :]]).delete()
    return KeptPost.objects.create(
        user=user,
        path=request.path,
        page=written_on(request),
        act=act[:ACT_LENGTH],
        fields=fields,
        had_files=bool(request.FILES),
        good_until=clock.now() + KeptPost.GOOD_FOR,
    )


def forget(request: HttpRequest, user: User) -> None:
    """Delete the kept post that this one repeats, if it does."""
    number = request.POST.get(MARK, "")
    if number.isdecimal():
        KeptPost.objects.filter(user=user, pk=int(number)).delete()


def written_on(request: HttpRequest, otherwise: str = "") -> str:
    """The page from which a post came, as a path of this service; otherwise the path that it went to, or `otherwise`."""
    came = urlsplit(request.headers.get("Referer", ""))
    own = came.netloc == request.get_host() and len(came.path) <= PATH_LENGTH
    return came.path if own and re.match(r"/(?!/)", came.path) else otherwise or request.path


def way_back(request: HttpRequest) -> str:
    """A page to lead back to after a post that was not taken. Home rather than the path of the post: it may show nothing."""
    return written_on(request, otherwise=reverse("home"))


def _is_of_the_account(request: HttpRequest) -> bool:
    """Allauth's pages and ours: what is sent to them are secrets, or nothing worth keeping."""
    match = request.resolver_match
    ours = match is not None and match.app_name == "accounts"
    return ours or request.path.startswith(reverse("account_login").removesuffix("login/"))


def _may_be_kept(name: str) -> bool:
    return name not in NOT_KEPT and "password" not in name
