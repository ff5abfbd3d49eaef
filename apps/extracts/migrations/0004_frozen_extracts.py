"""Extracts that cases rest on; append-only."""

from pathlib import Path

from django.db import migrations, models


SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('extracts', '0003_issued'),
        ('legal', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='FrozenExtract',
            fields=[
                ('digest', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('body', models.BinaryField(help_text='Canonical JSON, gzipped')),
                ('frozen_at', models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(
            sql=(SQL / "frozen_append_only.sql").read_text(encoding="utf-8"),
            reverse_sql=(SQL / "frozen_append_only_drop.sql").read_text(encoding="utf-8"),
        ),
    ]
