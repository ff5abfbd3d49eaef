"""Holds, their releases and messages about cases; append-only."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_append_only'),
        ('legal', '0003_authority_and_transition'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('authority', models.CharField(choices=[('administrative', 'Administrative'), ('court', 'Court')], max_length=16)),
                ('level', models.CharField(choices=[('warning', 'Warning'), ('stop', 'Stop'), ('stop_issuance', 'Stop_Issuance')], max_length=16)),
                ('rank', models.PositiveSmallIntegerField(choices=[(10, 'Office'), (20, 'Commission'), (50, 'Court'), (60, 'Court_Final')])),
                ('number', models.CharField(max_length=60)),
                ('dated', models.DateField()),
                ('body_fa', models.CharField(max_length=160)),
                ('body_en', models.CharField(max_length=160)),
                ('works_on', models.DateField(blank=True, help_text='For a warning: the day on which it will stop', null=True)),
                ('reason_fa', models.TextField()),
                ('reason_en', models.TextField()),
                ('evidence', models.CharField(blank=True, max_length=80)),
                ('placed_at', models.DateTimeField()),
                ('act', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='legal.legalact')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='cases.case')),
                ('placed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('placed_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='HoldRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(choices=[('order', 'Order'), ('act', 'Act'), ('choice', 'Choice'), ('works', 'Works')], max_length=16)),
                ('authority', models.CharField(blank=True, choices=[('administrative', 'Administrative'), ('court', 'Court')], max_length=16)),
                ('rank', models.PositiveSmallIntegerField(blank=True, choices=[(10, 'Office'), (20, 'Commission'), (50, 'Court'), (60, 'Court_Final')], null=True)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('dated', models.DateField(blank=True, null=True)),
                ('body_fa', models.CharField(blank=True, max_length=160)),
                ('body_en', models.CharField(blank=True, max_length=160)),
                ('reason_fa', models.TextField(blank=True)),
                ('reason_en', models.TextField(blank=True)),
                ('released_at', models.DateTimeField()),
                ('act', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='legal.legalact')),
                ('hold', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='release', to='cases.hold')),
                ('released_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='CaseMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text_fa', models.TextField()),
                ('text_en', models.TextField()),
                ('created_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='cases.case')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='case_messages', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('created_at', 'pk'),
                'indexes': [models.Index(fields=['person', '-created_at'], name='case_message_by_person')],
            },
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.UniqueConstraint(condition=models.Q(('act__isnull', False)), fields=('case', 'act', 'level'), name='hold_once_by_act'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.UniqueConstraint(condition=models.Q(('act__isnull', True)), fields=('case', 'number', 'dated', 'authority'), name='hold_once_by_order'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('authority', 'court'), ('rank__gte', 50)), models.Q(('authority', 'administrative'), ('rank__lt', 50)), _connector='OR'), name='hold_rank_fits_authority'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='hold_has_a_number'),
        ),
        migrations.RunSQL(
            sql=(SQL / "holds_append_only.sql").read_text(encoding="utf-8"),
            reverse_sql=(SQL / "holds_append_only_drop.sql").read_text(encoding="utf-8"),
        ),
    ]
