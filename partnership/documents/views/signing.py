"""Being written."""

def sign(request, **kwargs):
    raise NotImplementedError


def signed(request, **kwargs):
    raise NotImplementedError


def return_for_changes(request, **kwargs):
    raise NotImplementedError
