"""Uncompressed geometry columns, and the function that names the overlay grid's cells."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("gis_layers", "0001_initial")]
    operations = [
        migrations.RunSQL((SQL / "chunk.sql").read_text(encoding="utf-8"), "DROP FUNCTION city_chunk(geometry)"),
        migrations.RunSQL((SQL / "storage.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
