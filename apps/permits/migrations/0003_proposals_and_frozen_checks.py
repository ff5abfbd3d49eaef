"""Proposals and the checks that submissions are frozen with; append-only by sql/proposals_append_only.sql."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('legal', '0002_append_only'),
        ('permits', '0002_evidence_of_requests'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PermitProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('saved_at', models.DateTimeField()),
                ('body', models.BinaryField(help_text='Canonical JSON')),
                ('digest', models.CharField(max_length=80)),
                ('source_sha256', models.CharField(blank=True, help_text='Of the file that the footprint came from', max_length=64)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='permits.permitrequest')),
            ],
            options={
                'ordering': ('request', 'version'),
            },
        ),
        migrations.CreateModel(
            name='FrozenChecks',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('extract_digest', models.CharField(max_length=80)),
                ('body', models.BinaryField(help_text='Canonical JSON, gzipped')),
                ('digest', models.CharField(max_length=80)),
                ('frozen_at', models.DateTimeField()),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frozen_checks', to='permits.permitrequest')),
                ('proposal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='permits.permitproposal')),
            ],
            options={
                'ordering': ('frozen_at', 'pk'),
            },
        ),
        migrations.AddConstraint(
            model_name='permitproposal',
            constraint=models.UniqueConstraint(fields=('request', 'version'), name='one_proposal_per_version'),
        ),
        migrations.RunSQL(
            (SQL / "proposals_append_only.sql").read_text(encoding="utf-8"),
            (SQL / "proposals_append_only_drop.sql").read_text(encoding="utf-8"),
        ),
    ]
