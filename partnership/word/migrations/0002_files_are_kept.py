"""What was uploaded stays as it was read: rows are never removed, and a heading is decided once."""

from django.db import migrations

KEPT = """
CREATE FUNCTION word_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was imported stays on record.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER word_import_is_kept BEFORE DELETE ON word_wordimport FOR EACH ROW EXECUTE FUNCTION word_is_kept();
CREATE TRIGGER word_part_is_kept BEFORE DELETE ON word_importedpart FOR EACH ROW EXECUTE FUNCTION word_is_kept();
CREATE TRIGGER word_picture_is_kept BEFORE DELETE ON word_importedpicture FOR EACH ROW EXECUTE FUNCTION word_is_kept();
CREATE TRIGGER word_part_is_decided_once BEFORE UPDATE ON word_importedpart FOR EACH ROW
    WHEN (OLD.fate <> 'waiting' OR NEW.body <> OLD.body OR NEW.title <> OLD.title OR NEW.level <> OLD.level
          OR NEW.position <> OLD.position OR NEW.word_id <> OLD.word_id)
    EXECUTE FUNCTION word_is_kept();
CREATE TRIGGER word_import_keeps_its_file BEFORE UPDATE ON word_wordimport FOR EACH ROW
    WHEN (NEW.file_id <> OLD.file_id OR NEW.area_id <> OLD.area_id OR NEW.document_id IS DISTINCT FROM OLD.document_id
          OR NEW.uploaded_by_id <> OLD.uploaded_by_id OR NEW.uploaded_at <> OLD.uploaded_at)
    EXECUTE FUNCTION word_is_kept();
"""
FREED = """
DROP TRIGGER word_import_is_kept ON word_wordimport;
DROP TRIGGER word_part_is_kept ON word_importedpart;
DROP TRIGGER word_picture_is_kept ON word_importedpicture;
DROP TRIGGER word_part_is_decided_once ON word_importedpart;
DROP TRIGGER word_import_keeps_its_file ON word_wordimport;
DROP FUNCTION word_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("word", "0001_initial")]

    operations = [migrations.RunSQL(KEPT, FREED)]
