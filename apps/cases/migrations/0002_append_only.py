"""The history trigger, from sql/case_event_append_only.sql."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "case_event_append_only.sql"


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.RunSQL(
            SQL.read_text(encoding="utf-8"),
            "DROP FUNCTION case_event_is_append_only() CASCADE; DROP FUNCTION case_event_refuse_truncate() CASCADE;",
        )
    ]
