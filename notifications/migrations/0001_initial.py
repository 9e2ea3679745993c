import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('emailed_at', models.DateTimeField(null=True)),
                ('frequency', models.CharField(choices=[('at_once', 'straight away'), ('daily', 'once a day'), ('weekly', 'once a week'), ('never', 'never')], max_length=10)),
                ('day', models.DateField()),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'digest',
                'verbose_name_plural': 'digests',
                'constraints': [models.UniqueConstraint(fields=('recipient', 'frequency', 'day'), name='one_digest_per_period')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('emailed_at', models.DateTimeField(null=True)),
                ('address', models.EmailField(max_length=254, verbose_name='email')),
                ('kind', models.CharField(help_text="The message's folder below templates/email/.", max_length=80)),
                ('key', models.CharField(max_length=120)),
                ('subject', models.CharField(max_length=200)),
                ('lines', models.JSONField(default=dict)),
                ('html', models.TextField()),
                ('url', models.CharField(blank=True, max_length=300)),
                ('about_model', models.CharField(blank=True, max_length=60)),
                ('about_id', models.PositiveBigIntegerField(null=True)),
                ('frequency', models.CharField(choices=[('at_once', 'straight away'), ('daily', 'once a day'), ('weekly', 'once a week'), ('never', 'never')], default='at_once', max_length=10)),
                ('read_at', models.DateTimeField(null=True)),
                ('digest', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='notifications.digest')),
                ('recipient', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages_received', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'indexes': [models.Index(condition=models.Q(('digest', None)), fields=['frequency', 'created_at'], name='message_awaiting_digest')],
                'constraints': [models.UniqueConstraint(fields=('recipient', 'key'), name='told_once_per_person'), models.UniqueConstraint(condition=models.Q(('recipient', None)), fields=('address', 'key'), name='told_once_per_address')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(max_length=40)),
                ('frequency', models.CharField(choices=[('at_once', 'straight away'), ('daily', 'once a day'), ('weekly', 'once a week'), ('never', 'never')], max_length=10)),
                ('chosen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preferences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'email preference',
                'verbose_name_plural': 'email preferences',
                'constraints': [models.UniqueConstraint(fields=('person', 'topic'), name='one_choice_per_topic')],
            },
        ),
    ]
