"""Being written."""

def documents(request, **kwargs):
    raise NotImplementedError


def document(request, **kwargs):
    raise NotImplementedError


def version(request, **kwargs):
    raise NotImplementedError


def compare(request, **kwargs):
    raise NotImplementedError


def pdf(request, **kwargs):
    raise NotImplementedError
