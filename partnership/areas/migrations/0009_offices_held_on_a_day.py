"""Which offices somebody holds on a day, for the triggers of every app that lets only a holder write a row.

As `areas.access.offices_of`: in force, of an open account, in the area or in the one that took over its duties.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION areas_offices_held(who bigint, place bigint, day date)
    RETURNS TABLE (office text, agency_id bigint) LANGUAGE sql STABLE AS $$
    SELECT a.office, s.agency_id FROM areas_appointment a
        JOIN accounts_user u ON u.id = a.person_id
        LEFT JOIN areas_seat s ON s.id = a.seat_id
        WHERE a.person_id = who AND u.is_active AND a.during @> day AND a.voided_at IS NULL AND a.suspended_at IS NULL
        AND (a.area_id = place OR a.area_id IN (SELECT h.successor_id FROM areas_areasuccession h
            WHERE h.predecessor_id = place AND h.takes_over_duties AND h."on" <= day))
$$;
"""
BACK = "DROP FUNCTION areas_offices_held(bigint, bigint, date);"


class Migration(migrations.Migration):
    dependencies = [("areas", "0008_once_for_turns_and_agencies"), ("accounts", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
