from django.db import migrations

FORWARDS = """
CREATE FUNCTION practice_refuse_going_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.ahead_by < OLD.ahead_by THEN
    RAISE EXCEPTION 'The practice clock never goes back.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER practice_practiceclock_forward BEFORE UPDATE OR DELETE ON practice_practiceclock
  FOR EACH ROW EXECUTE FUNCTION practice_refuse_going_back();
"""
BACKWARDS = """
DROP TRIGGER practice_practiceclock_forward ON practice_practiceclock;
DROP FUNCTION practice_refuse_going_back();
"""


class Migration(migrations.Migration):
    dependencies = [("practice", "0001_practice_clock")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
