"""Visits of inspectors and their reports; reports append-only by sql/inspection_append_only.sql."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('cadastre', '0004_measured_area'),
        ('cases', '0005_work_begins'),
        ('permits', '0004_all_permit_kinds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='InspectionVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('district', models.PositiveSmallIntegerField()),
                ('day', models.DateField()),
                ('starts', models.TimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('seat', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('booked', 'booked'), ('cancelled', 'cancelled'), ('freed', 'freed'), ('done', 'done')], default='booked', max_length=10)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('moves', models.PositiveSmallIntegerField(default=0)),
                ('booked_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('booked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='cases.case')),
            ],
            options={
                'ordering': ('day', 'starts', 'seat'),
            },
        ),
        migrations.CreateModel(
            name='InspectionReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('key', models.UUIDField(unique=True)),
                ('received_at', models.DateTimeField()),
                ('outcome', models.CharField(max_length=16)),
                ('measured_area_dm2', models.BigIntegerField(null=True)),
                ('body', models.BinaryField(help_text='Canonical JSON')),
                ('digest', models.CharField(max_length=80)),
                ('inspector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parcel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cadastre.parcel')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='permits.inspectionvisit')),
            ],
            options={
                'ordering': ('visit', 'version'),
            },
        ),
        migrations.AddConstraint(
            model_name='inspectionvisit',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('booked', 'done'))), fields=('district', 'day', 'starts', 'seat'), name='inspection_seat_once'),
        ),
        migrations.AddConstraint(
            model_name='inspectionvisit',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'booked')), fields=('case',), name='inspection_one_visit_per_case'),
        ),
        migrations.AddConstraint(
            model_name='inspectionreport',
            constraint=models.UniqueConstraint(fields=('visit', 'version'), name='inspection_version_once'),
        ),
        migrations.RunSQL(
            (SQL / "inspection_append_only.sql").read_text(encoding="utf-8"),
            (SQL / "inspection_append_only_drop.sql").read_text(encoding="utf-8"),
        ),
    ]
