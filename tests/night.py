"""How often what is left to chance is tried: often enough for each run, or as often as a night allows (NIGHT_RUN=1)."""

import os

IS_NIGHT = os.environ.get("NIGHT_RUN") == "1"

# Of each race, with real connections.
ROUNDS = 200 if IS_NIGHT else 20
# Of a state machine, with 40 steps each: 10,000 steps in a night.
LIVES = 250 if IS_NIGHT else 25
