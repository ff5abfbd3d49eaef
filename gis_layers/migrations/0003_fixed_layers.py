"""Triggers that fix a layer once it is taken in and has a legal act (gis_layers/sql)."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("gis_layers", "0002_storage_and_chunk"), ("legal", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "fixed_layers.sql").read_text(encoding="utf-8"),
            reverse_sql=(SQL / "fixed_layers_drop.sql").read_text(encoding="utf-8"),
        )
    ]
