"""Being written."""

def years(request, **kwargs):
    raise NotImplementedError


def year(request, **kwargs):
    raise NotImplementedError


def add_contribution(request, **kwargs):
    raise NotImplementedError


def correct_contribution(request, **kwargs):
    raise NotImplementedError


def add_spending(request, **kwargs):
    raise NotImplementedError


def check_printed_total(request, **kwargs):
    raise NotImplementedError
