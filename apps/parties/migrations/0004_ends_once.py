"""Mandates, asks and memberships are ended once and never edited: triggers from sql/ends_once.sql."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("parties", "0003_organisations_and_mandates")]

    operations = [
        migrations.RunSQL(
            (SQL / "ends_once.sql").read_text(encoding="utf-8"),
            (SQL / "ends_once_drop.sql").read_text(encoding="utf-8"),
        )
    ]
