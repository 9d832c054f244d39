"""Being written."""


def frame(request):
    return {"frame": {}}
