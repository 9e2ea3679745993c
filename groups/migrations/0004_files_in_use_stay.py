"""A picture or document that a practice shows cannot be deleted under it; nothing changes in the database."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("groups", "0003_languages_of_texts")]
    operations = [
        migrations.AlterField(
            model_name="practiceattachment",
            name="document",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="content.sitedocument",
                verbose_name="document",
            ),
        ),
        migrations.AlterField(
            model_name="practiceimage",
            name="image",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="content.siteimage",
                verbose_name="picture",
            ),
        ),
    ]
