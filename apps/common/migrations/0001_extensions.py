"""PostgreSQL extensions that every room's tables stand on."""

from django.contrib.postgres.operations import BtreeGistExtension, CreateExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    run_before = [
        ("parties", "0001_initial"),
        ("legal", "0001_initial"),
        ("gis_layers", "0001_initial"),
        ("cadastre", "0001_initial"),
        ("extracts", "0001_initial"),
    ]
    operations = [CreateExtension("postgis"), BtreeGistExtension(), TrigramExtension()]
