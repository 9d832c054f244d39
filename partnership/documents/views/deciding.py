"""Being written."""

def checks(request, **kwargs):
    raise NotImplementedError


def send(request, **kwargs):
    raise NotImplementedError


def correct(request, **kwargs):
    raise NotImplementedError


def publish(request, **kwargs):
    raise NotImplementedError


def withdraw(request, **kwargs):
    raise NotImplementedError
