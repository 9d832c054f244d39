"""Being written."""

def duties(request, **kwargs):
    raise NotImplementedError


def calendar(request, **kwargs):
    raise NotImplementedError


def duty(request, **kwargs):
    raise NotImplementedError
