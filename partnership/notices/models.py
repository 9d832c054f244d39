"""What people were told. A notice is a row for one person; the mail about it is a copy, at once or in a digest."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.mail.models import LONGEST_SUBJECT, OutgoingMail
from partnership.notices.kinds import MAY_BE_CHOSEN, RULES, Cadence, Kind


class Digest(models.Model):
    """One mail that tells a person of everything since the last one. Made once for each period; `mail` None: nothing to say."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digests")
    cadence = models.CharField(max_length=10, choices=[(c.value, c.label) for c in (Cadence.DAILY, Cadence.WEEKLY)])
    period_start = models.DateField(help_text="Its Monday, or its day.")
    mail = models.OneToOneField(OutgoingMail, on_delete=models.PROTECT, null=True, blank=True, related_name="digest")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-period_start"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "cadence", "period_start"], name="notices_one_digest_for_a_period"
            ),
            models.CheckConstraint(
                condition=Q(cadence__in=[Cadence.DAILY, Cadence.WEEKLY]), name="notices_digest_cadence_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_cadence_display()}, {self.period_start}"


class Notice(models.Model):
    """What one person was told: never changed (trigger). It carries a reference, an act and a link, and no content.

    `about` names what it is for, such as duty:7: once that is over the notice is settled, and no mail reminds of it.
    `cadence` is what held for its reader when it was made.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind)
    cadence = models.CharField(max_length=10, choices=Cadence)
    area_slug = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=LONGEST_SUBJECT)
    text = models.TextField()
    link = models.CharField(max_length=500, help_text="A path of this service.")
    about = models.CharField(max_length=80, blank=True)
    dedupe_key = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    mail = models.OneToOneField(OutgoingMail, on_delete=models.PROTECT, null=True, blank=True, related_name="notice")
    digest = models.ForeignKey(Digest, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    read_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="notices_of_a_person"),
            models.Index(fields=["person"], name="notices_unread", condition=Q(read_at=None)),
            # One thing and every part of it is asked for, so the index has to serve the beginning of a text as well.
            models.Index(
                fields=["about"],
                opclasses=["varchar_pattern_ops"],
                name="notices_open_about",
                condition=Q(settled_at=None),
            ),
            models.Index(
                fields=["cadence", "person"],
                name="notices_waiting",
                condition=Q(digest=None, settled_at=None, cadence__in=[Cadence.DAILY, Cadence.WEEKLY]),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="notices_kind_is_known"),
            models.CheckConstraint(condition=Q(cadence__in=Cadence.values), name="notices_cadence_is_known"),
            models.CheckConstraint(
                condition=Q(link__startswith="/") & ~Q(link__startswith="//"), name="notices_link_stays_here"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="notices_says_something"),
            models.CheckConstraint(
                condition=Q(cadence=Cadence.AT_ONCE, mail__isnull=False, digest=None)
                | (~Q(cadence=Cadence.AT_ONCE) & Q(mail=None)),
                name="notices_goes_one_way",
            ),
            models.CheckConstraint(
                condition=Q(digest=None) | Q(cadence__in=[Cadence.DAILY, Cadence.WEEKLY]),
                name="notices_digest_of_what_waits",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[kind.value for kind, rule in RULES.items() if len(rule.choices) == 1])
                | Q(cadence=Cadence.AT_ONCE),
                name="notices_last_steps_go_at_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def how_it_went(self) -> str:
        """What is known of the mail about it, as a sentence; never more than the relay has said."""
        if self.cadence == Cadence.HERE_ONLY:
            return "No mail, as you chose."
        mail = self.mail or (self.digest.mail if self.digest else None)
        which = "Mail" if self.mail else "Mail of the day" if self.cadence == Cadence.DAILY else "Mail of the week"
        if mail is None:
            return f"{which}: {self._why_none()}."
        return f"{which}: {mail.get_status_display().lower()}."

    def _why_none(self) -> str:
        if self.settled_at:
            return "none, since it is over"
        return "none, since it was read before" if self.read_at else "not made yet"


class Preference(models.Model):
    """What a person chose for one kind, where that may be chosen."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=12, choices=Kind)
    cadence = models.CharField(max_length=10, choices=Cadence)
    chosen_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="notices_one_preference_for_a_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in MAY_BE_CHOSEN]), name="notices_preference_may_be_chosen"
            ),
            models.CheckConstraint(condition=Q(cadence__in=Cadence.values), name="notices_preference_is_known"),
            # Who is asked, or near a date, may wait for a mail but not go without one.
            models.CheckConstraint(
                condition=~Q(cadence=Cadence.HERE_ONLY)
                | Q(kind__in=[k.value for k, rule in RULES.items() if Cadence.HERE_ONLY in rule.choices]),
                name="notices_preference_keeps_its_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_cadence_display()}"
