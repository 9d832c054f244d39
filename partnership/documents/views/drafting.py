"""Being written."""

def begin(request, **kwargs):
    raise NotImplementedError


def section(request, **kwargs):
    raise NotImplementedError


def text(request, **kwargs):
    raise NotImplementedError


def preview(request, **kwargs):
    raise NotImplementedError
