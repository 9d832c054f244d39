"""Being written."""


def home(request):
    raise NotImplementedError
