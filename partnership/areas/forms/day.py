"""The day on which a register is read."""

from django.http import QueryDict

from partnership.web.forms import DayField, Form


class OnDay(Form):
    """A day in an address: ?on=2026-04-01, or in three parts as the form sends it."""

    on = DayField(label="Day", help_text="For example, 1 4 2026.", required=False)

    @classmethod
    def of(cls, query: QueryDict) -> "OnDay | None":
        """The form with the day that an address names, or None when it names none."""
        if "on" in query:
            year, month, day = [*str(query["on"]).split("-", 2), "", "", ""][:3]
            return cls({"on_day": day, "on_month": month, "on_year": year})
        return cls(query) if any(f"on_{part}" in query for part in ("day", "month", "year")) else None
