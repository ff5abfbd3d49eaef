"""The stamps of the city loader."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("common", "0001_extensions")]
    operations = [
        migrations.CreateModel(
            name="BuildStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True)),
                ("fingerprint", models.CharField(max_length=64)),
                ("done_at", models.DateTimeField()),
            ],
            options={"ordering": ("done_at", "pk")},
        ),
    ]
