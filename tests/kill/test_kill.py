"""A submission, killed at every step, over real servers. What that proves, and how to do all of it in a night: ADR 34."""

import json

import pytest
from django.db import connection

from tests.kill import case, runs
from tests.kill.house import house, schema_of

MOST_FAILURES = 3  # then something is broken that makes all that follows fail as well, each after its full patience


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)  # its tables are copied; no transaction stays open for minutes
def test_whatever_is_killed_at_whatever_step_nothing_is_lost_sent_twice_or_unaccounted_for(tmp_path, subtests):
    chosen, failures, uncertain = runs.chosen(), 0, {}
    schema = schema_of(connection.settings_dict)
    with house(tmp_path, schema, reports=sum(run.publishes for run in chosen)) as made:
        proposals = json.loads((tmp_path / "proposals").read_text())
        for number, run in enumerate(chosen):
            report = {"proposal": proposals["proposals"].pop(), "by": proposals["by"]} if run.publishes else None
            failures += 1
            with subtests.test(msg=str(run)):
                case.perform(made, run, number, report, uncertain)
                failures -= 1
            assert failures < MOST_FAILURES
