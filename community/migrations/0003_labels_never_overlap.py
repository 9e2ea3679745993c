"""No two label periods of a school overlap, however rows are written.

PostgreSQL uses an exclusion constraint, with both sides as ranges so that no extension is needed; SQLite uses triggers.
Django drops the triggers when it rebuilds the table, so a migration that alters Label must run `install` again
(tests/community/test_labels.py fails otherwise).
"""

from django.db import migrations

POSTGRESQL = """
ALTER TABLE community_label ADD CONSTRAINT label_periods_do_not_overlap EXCLUDE USING gist (
    int8range(school_id, school_id, '[]') WITH &&, daterange(starts_on, ends_on, '[]') WITH &&
)
"""

SQLITE = """
CREATE TRIGGER label_periods_do_not_overlap_{event} BEFORE {event} ON community_label
WHEN EXISTS (
    SELECT 1 FROM community_label WHERE school_id = NEW.school_id AND id IS NOT NEW.id
    AND starts_on <= NEW.ends_on AND ends_on >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'label_periods_do_not_overlap'); END
"""


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(SQLITE.format(event=event))


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE community_label DROP CONSTRAINT label_periods_do_not_overlap")
    else:
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(f"DROP TRIGGER label_periods_do_not_overlap_{event}")


class Migration(migrations.Migration):
    dependencies = [("community", "0002_schools_and_labels")]

    operations = [migrations.RunPython(install, remove)]
