"""Issued extracts and the states of what answers are made with; both append-only."""

from pathlib import Path

from django.db import migrations, models


SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('legal', '0002_append_only'),
        ('extracts', '0002_kept_extracts'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(max_length=16)),
                ('recorded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='IssuedExtract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('day', models.DateField()),
                ('known_at', models.DateTimeField()),
                ('kind', models.CharField(max_length=24)),
                ('digest', models.CharField(max_length=80)),
                ('body', models.BinaryField(help_text='Canonical JSON, gzipped')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'day', 'known_at', 'kind'), name='one_answer_per_permanent_link')],
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "issued_append_only.sql").read_text(encoding="utf-8"),
            reverse_sql=(SQL / "issued_append_only_drop.sql").read_text(encoding="utf-8"),
        ),
    ]
