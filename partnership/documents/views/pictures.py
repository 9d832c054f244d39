"""Being written."""

def pictures(request, **kwargs):
    raise NotImplementedError


def file(request, **kwargs):
    raise NotImplementedError
