"""Tile bodies are gzipped already: keep PostgreSQL from trying to compress them again."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("map_services", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE map_services_tile ALTER COLUMN body SET STORAGE EXTERNAL",
            migrations.RunSQL.noop,
        ),
    ]
