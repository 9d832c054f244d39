"""Being written."""


def healthz(request):
    raise NotImplementedError


def readyz(request):
    raise NotImplementedError
