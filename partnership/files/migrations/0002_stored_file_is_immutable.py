from django.db import migrations

FORWARDS = """
CREATE FUNCTION files_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A stored file is never changed.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER files_storedfile_immutable BEFORE UPDATE ON files_storedfile
  FOR EACH ROW EXECUTE FUNCTION files_refuse_update();
"""
BACKWARDS = """
DROP TRIGGER files_storedfile_immutable ON files_storedfile;
DROP FUNCTION files_refuse_update();
"""


class Migration(migrations.Migration):
    dependencies = [("files", "0001_stored_file")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
