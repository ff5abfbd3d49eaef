"""What differs between two states of a theme's map: the request, its pieces of work, and what came out."""

import django.contrib.gis.db.models.fields
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gis_layers', '0003_fixed_layers'),
        ('map_services', '0003_tile_plates'),
    ]

    operations = [
        migrations.CreateModel(
            name='DifferenceView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=32, unique=True)),
                ('editions', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('before', models.JSONField(default=list)),
                ('after', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('cancelled', 'Cancelled')], default='waiting', max_length=16)),
                ('cells', models.PositiveIntegerField(help_text='Pieces of work; null until they are laid out', null=True)),
                ('lines', models.JSONField(default=list)),
                ('made_at', models.DateTimeField()),
                ('edition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='gis_layers.edition')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='gis_layers.theme')),
            ],
        ),
        migrations.CreateModel(
            name='DifferencePiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('gained', 'Gained'), ('lost', 'Lost'), ('changed', 'Changed')], max_length=8)),
                ('old', models.TextField(blank=True)),
                ('new', models.TextField(blank=True)),
                ('area_m2', models.FloatField()),
                ('sliver', models.BooleanField(default=False)),
                ('open', models.BooleanField(default=False)),
                ('geom', django.contrib.gis.db.models.fields.PolygonField(spatial_index=False, srid=settings.CITY_SRID)),
                ('geom_web', django.contrib.gis.db.models.fields.GeometryField(spatial_index=False, srid=3857)),
                ('view', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='map_services.differenceview')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GistIndex(fields=['view', 'geom_web'], name='difference_piece_gist')],
            },
        ),
        migrations.CreateModel(
            name='DifferenceCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('before', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('after', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('geom', django.contrib.gis.db.models.fields.MultiPolygonField(spatial_index=False, srid=settings.CITY_SRID)),
                ('done', models.BooleanField(default=False)),
                ('view', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='work', to='map_services.differenceview')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('view', 'number'), name='difference_cell_once')],
            },
        ),
    ]
