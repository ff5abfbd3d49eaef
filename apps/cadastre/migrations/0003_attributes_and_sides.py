"""Further columns of the parcel record, and the labelled sides of parcels."""

import django.contrib.gis.db.models.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cadastre', '0002_storage'),
    ]

    operations = [
        migrations.AddField(
            model_name='parcelversion',
            name='attributes',
            field=models.JSONField(db_default={}, default=dict, help_text='Further columns of the record, by name'),
        ),
        migrations.CreateModel(
            name='ParcelSide',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('front', 'Front'), ('rear', 'Rear'), ('interior_side', 'Interior'), ('exterior_side', 'Exterior'), ('unknown', 'Unknown')], max_length=16)),
                ('geom', django.contrib.gis.db.models.fields.LineStringField(spatial_index=False, srid=settings.CITY_SRID)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sides', to='cadastre.parcelversion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['front', 'rear', 'interior_side', 'exterior_side', 'unknown'])), name='parcel_side_kind_is_known')],
            },
        ),
    ]
