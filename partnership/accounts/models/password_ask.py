"""That somebody asked for a new password, until a worker has looked whether anybody has this address."""

from django.db import models

from partnership import clock


class PasswordAsk(models.Model):
    """One asking, with the address as it was typed. The page writes one for every address alike, so its time tells nothing.

    Deleted as soon as it is answered: an address that nobody has belongs to a stranger.
    """

    email = models.EmailField(max_length=254)
    asked_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
