"""Being written."""

def challenges(request, **kwargs):
    raise NotImplementedError


def raise_challenge(request, **kwargs):
    raise NotImplementedError


def answer(request, **kwargs):
    raise NotImplementedError


def close(request, **kwargs):
    raise NotImplementedError
