"""Being written."""


def area(request, **kwargs):
    raise NotImplementedError


def people(request, **kwargs):
    raise NotImplementedError


def timeline(request, **kwargs):
    raise NotImplementedError
