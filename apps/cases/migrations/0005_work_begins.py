"""Triggers of the new tables, and an entry in a worklist for cases that are open already."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


def text(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_tables_of_work")]

    operations = [
        migrations.RunSQL(text("work_append_only"), text("work_append_only_drop")),
        migrations.RunSQL(text("cases_begun_before"), migrations.RunSQL.noop),
    ]
