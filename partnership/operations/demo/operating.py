"""Who operates the practice area: an invented person without any office, who sees the operations page and no area."""

from partnership import clock
from partnership.accounts import services as accounts
from partnership.accounts.models import Operator, User
from partnership.operations.demo import cast
from partnership.operations.demo.people import OPERATOR


def is_told() -> bool:
    """Whether somebody operates it already."""
    return Operator.objects.filter(person__email=OPERATOR.email).exists()


def tell() -> None:
    """2 April 2024, while the first area is opened."""
    with cast.at("2024-04-02 09:30"):
        if not User.objects.filter(email=OPERATOR.email).exists():  # practice data from before there was one
            User.objects.create_user(OPERATOR.email, OPERATOR.password, name=OPERATOR.name, is_invented=True)
        accounts.grant_operator(
            person=cast.person(OPERATOR.key),
            since=clock.today(),
            reason="Runs the practice area.",
            by="The practice story",
        )
