"""The evidence that requests rest on, and how far it was held against the law.

Requests that stand already keep the digest they were started with; their law counts as examined up to now.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Max
from django.db.models.functions import Now, TruncDate


def fill(apps, _schema_editor):
    request, act = apps.get_model("permits", "PermitRequest"), apps.get_model("legal", "LegalAct")
    last = act.objects.aggregate(last=Max("pk"))["last"] or 0
    request.objects.update(relied_digest=F("extract_digest"), examined_version=last, examined_on=TruncDate(Now()))


class Migration(migrations.Migration):

    dependencies = [
        ('legal', '0003_authority_and_transition'),
        ('permits', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='permitrequest',
            name='extract_digest',
            field=models.CharField(help_text='Digest of the extract the draft was started with', max_length=80),
        ),
        *(
            migrations.AddField(model_name='permitrequest', name=name, field=field)
            for name, field in (
                ('extract_law', models.BigIntegerField(null=True)),
                ('extract_known_at', models.DateTimeField(null=True)),
                ('filed_on', models.DateField(help_text='Legal day on which it was sent in', null=True)),
                ('filed_digest', models.CharField(blank=True, default='', max_length=80)),
                ('filed_law', models.BigIntegerField(null=True)),
                ('filed_known_at', models.DateTimeField(null=True)),
                ('relied_digest', models.CharField(default='', max_length=80)),
                ('relied_law', models.BigIntegerField(null=True)),
                ('relied_known_at', models.DateTimeField(null=True)),
                ('examined_version', models.BigIntegerField(null=True)),
                ('examined_on', models.DateField(null=True)),
                ('continues_by', models.ForeignKey(help_text='Act whose clause keeps the old rule', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='legal.legalact')),
            )
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        *(
            migrations.AlterField(model_name='permitrequest', name=name, field=field)
            for name, field in (
                ('filed_digest', models.CharField(blank=True, max_length=80)),
                ('relied_digest', models.CharField(max_length=80)),
                ('examined_version', models.BigIntegerField()),
                ('examined_on', models.DateField()),
            )
        ),
        migrations.AddIndex(
            model_name='permitrequest',
            index=models.Index(fields=['examined_version', 'examined_on'], name='request_examined'),
        ),
    ]
