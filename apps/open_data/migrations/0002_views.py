"""The read-only views of the open layers (apps/open_data/sql)."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("open_data", "0001_shapes"),
        ("legal", "0003_authority_and_transition"),
        ("gis_layers", "0003_fixed_layers"),
        ("cadastre", "0003_attributes_and_sides"),
    ]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "views.sql").read_text(encoding="utf-8"),
            reverse_sql=(SQL / "views_drop.sql").read_text(encoding="utf-8"),
        )
    ]
