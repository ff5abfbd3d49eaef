"""A shape also knows where it shows, so that an edition that is hidden nearly everywhere is not cut feature by feature."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"
# Shapes are made when they are asked for: those of the older layout are made anew.
FORGET = """
SET CONSTRAINTS ALL IMMEDIATE;
DROP VIEW IF EXISTS open_data_shown;
DROP FUNCTION IF EXISTS open_data_cut(text, geometry);
DELETE FROM open_data_mask;
DELETE FROM open_data_shape;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("open_data", "0002_views")]
    operations = [
        migrations.RunSQL(FORGET, migrations.RunSQL.noop),
        migrations.AddField("shape", "nothing", models.BooleanField(default=False)),
        migrations.AddField("mask", "shows", models.BooleanField(default=False)),
        migrations.RunSQL(
            sql=(SQL / "shown.sql").read_text(encoding="utf-8"),
            reverse_sql=(SQL / "shown_drop.sql").read_text(encoding="utf-8"),
        ),
    ]
