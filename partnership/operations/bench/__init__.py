"""How much this software adds to Django and to WeasyPrint, measured beside them in one run. No thresholds."""
