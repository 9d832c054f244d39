"""Being written."""

def register(request, **kwargs):
    raise NotImplementedError


def submission(request, **kwargs):
    raise NotImplementedError
