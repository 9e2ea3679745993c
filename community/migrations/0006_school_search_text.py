"""Schools get the text that search looks through: name and city, folded."""

from django.db import migrations, models

from community.folding import fold

BATCH = 1000


def fill(apps, schema_editor):
    School = apps.get_model("community", "School")
    batch = []
    for school in School.objects.only("name", "city").iterator(BATCH):
        school.search_text = fold(f"{school.name} {school.city}")[:400]
        batch.append(school)
        if len(batch) == BATCH:
            School.objects.bulk_update(batch, ["search_text"])
            batch = []
    School.objects.bulk_update(batch, ["search_text"])


class Migration(migrations.Migration):
    dependencies = [("community", "0005_languages_a_person_reads")]
    operations = [
        migrations.AddField(
            "school", "search_text", models.CharField(default="", editable=False, max_length=400), preserve_default=True
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
