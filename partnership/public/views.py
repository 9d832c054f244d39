"""Being written."""

def areas(request, **kwargs):
    raise NotImplementedError


def area(request, **kwargs):
    raise NotImplementedError


def document(request, **kwargs):
    raise NotImplementedError


def pdf(request, **kwargs):
    raise NotImplementedError


def content(request, **kwargs):
    raise NotImplementedError


def picture(request, **kwargs):
    raise NotImplementedError
