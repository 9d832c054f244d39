"""Whoever has a public page or file already, and asks whether it is still the same, is told so without getting it again.

The tag of an answer is the SHA-256 of its bytes. Of a PDF, a picture or the signed content that is the very hash under
which it is stored. Where nothing is public there is no answer to tag: a draft, and what never was, are the same 404.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

View = Callable[..., HttpResponse]


def tagged(view: View) -> View:
    """The view, with a strong ETag on what everybody may have, 304 for who has it, and a plain word that parts are not given."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != 200 or response.streaming or request.user.is_authenticated:
            return response
        tag = f'"{hashlib.sha256(response.content).hexdigest()}"'
        response["ETag"] = tag
        response["Accept-Ranges"] = "none"
        return get_conditional_response(request, etag=tag, response=response) or response

    return answer
