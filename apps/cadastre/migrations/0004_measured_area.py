"""The area that an inspector measured on the spot; null = nobody has, or it made no difference."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cadastre', '0003_attributes_and_sides'),
    ]

    operations = [
        migrations.AddField(
            model_name='parcelversion',
            name='measured_area_dm2',
            field=models.BigIntegerField(null=True),
        ),
    ]
