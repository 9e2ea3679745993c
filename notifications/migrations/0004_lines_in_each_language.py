"""Each message keeps its line in every language. Of those written before, only their reader's language of then is known."""

import re

from django.db import migrations, models

WRITTEN_IN = re.compile(r'<html lang="([A-Za-z-]+)"')
BATCH = 1000


def keep_the_line(apps, schema_editor):
    """The mail says in which language it was written."""
    Message = apps.get_model("notifications", "Message")
    written = []
    for message in Message.objects.exclude(recipient=None).only("subject", "html").iterator(BATCH):
        if language := WRITTEN_IN.search(message.html):
            message.lines = {language[1]: message.subject}
            written.append(message)
        if len(written) == BATCH:
            Message.objects.bulk_update(written, ["lines"])
            written = []
    Message.objects.bulk_update(written, ["lines"])


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_preferences_and_digests")]

    operations = [
        migrations.AddField("message", "lines", models.JSONField(default=dict)),
        migrations.RunPython(keep_the_line, migrations.RunPython.noop),
    ]
