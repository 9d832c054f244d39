"""A kind of document that only tests know: what somebody would write to add one, all of it."""

from statutory import common
from statutory.years import CalendarYears

LEARNING_PLAN = common.statutory(
    key="learning_plan",
    title="Learning plan",
    years=CalendarYears(what="A learning plan", first=2024),
    statement="I have read this learning plan. I approve it, as lead safeguarding partner for my agency.",
)

ROWS = """
[[application]]
document = "learning_plan"
counted_by = "period_start"
first = 2023-12-15

[[signatory]]
document = "learning_plan"
role = "lsp"
one_per = "statutory_seat"
sources = ["our-advice"]
evidence = "I"

[[section]]
document = "learning_plan"
key = "what_we_learn"
title = "What we learn from"
hint = "Reviews, audits, and what children say."
position = 10
required = true
max_characters = 4000

[[requirement]]
id = "LP-1"
document = "learning_plan"
section = "what_we_learn"
level = "should"
text = "Name what the partnership learns from."
sources = ["our-advice"]
evidence = "I"
"""
