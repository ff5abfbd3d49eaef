"""Triggers that keep acts append-only and instruments fixed once they have acts (apps/legal/sql)."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("legal", "0001_initial")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "append_only.sql").read_text(encoding="utf-8"),
            reverse_sql=(SQL / "append_only_drop.sql").read_text(encoding="utf-8"),
        )
    ]
