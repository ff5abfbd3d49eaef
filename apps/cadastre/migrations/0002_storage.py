"""Uncompressed geometry columns."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("cadastre", "0001_initial"), ("gis_layers", "0002_storage_and_chunk")]
    operations = [migrations.RunSQL((SQL / "storage.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop)]
