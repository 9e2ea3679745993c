from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("home", "0003_carry_pages_over")]

    operations = [
        migrations.RemoveField(model_name="standardpage", name="old_body"),
        migrations.RemoveField(model_name="standardpage", name="topic"),
    ]
