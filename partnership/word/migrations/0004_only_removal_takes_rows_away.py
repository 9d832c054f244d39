"""A file that was removed loses its bytes, its parts and its pictures, and only such a file does. Its own row stays."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION word_goes_with_its_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM word_wordimport WHERE id = OLD.word_id AND removed_at IS NOT NULL) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'What was imported stays on record.' USING ERRCODE = 'check_violation';
END $$;
DROP TRIGGER word_part_is_kept ON word_importedpart;
DROP TRIGGER word_picture_is_kept ON word_importedpicture;
CREATE TRIGGER word_part_is_kept BEFORE DELETE ON word_importedpart FOR EACH ROW
    EXECUTE FUNCTION word_goes_with_its_file();
CREATE TRIGGER word_picture_is_kept BEFORE DELETE ON word_importedpicture FOR EACH ROW
    EXECUTE FUNCTION word_goes_with_its_file();

DROP TRIGGER word_import_keeps_its_file ON word_wordimport;
CREATE TRIGGER word_import_keeps_its_file BEFORE UPDATE ON word_wordimport FOR EACH ROW
    WHEN (OLD.removed_at IS NOT NULL
          OR (NEW.file_id IS DISTINCT FROM OLD.file_id AND NEW.removed_at IS NULL)
          OR NEW.area_id <> OLD.area_id OR NEW.document_id IS DISTINCT FROM OLD.document_id
          OR NEW.uploaded_by_id <> OLD.uploaded_by_id OR NEW.uploaded_at <> OLD.uploaded_at)
    EXECUTE FUNCTION word_is_kept();
"""
BACK = """
DROP TRIGGER word_import_keeps_its_file ON word_wordimport;
CREATE TRIGGER word_import_keeps_its_file BEFORE UPDATE ON word_wordimport FOR EACH ROW
    WHEN (NEW.file_id <> OLD.file_id OR NEW.area_id <> OLD.area_id OR NEW.document_id IS DISTINCT FROM OLD.document_id
          OR NEW.uploaded_by_id <> OLD.uploaded_by_id OR NEW.uploaded_at <> OLD.uploaded_at)
    EXECUTE FUNCTION word_is_kept();
DROP TRIGGER word_picture_is_kept ON word_importedpicture;
DROP TRIGGER word_part_is_kept ON word_importedpart;
CREATE TRIGGER word_part_is_kept BEFORE DELETE ON word_importedpart FOR EACH ROW EXECUTE FUNCTION word_is_kept();
CREATE TRIGGER word_picture_is_kept BEFORE DELETE ON word_importedpicture FOR EACH ROW EXECUTE FUNCTION word_is_kept();
DROP FUNCTION word_goes_with_its_file();
"""


class Migration(migrations.Migration):
    dependencies = [("word", "0003_a_file_can_be_removed")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
