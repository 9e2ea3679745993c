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
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('item', models.PositiveBigIntegerField()),
                ('taken_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('until', models.DateTimeField()),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='moderator')),
            ],
            options={
                'verbose_name': 'claim',
                'verbose_name_plural': 'claims',
                'constraints': [models.UniqueConstraint(fields=('kind', 'item'), name='one_claim_per_item')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='type of content')),
                ('about_id', models.PositiveBigIntegerField()),
                ('country', models.CharField(blank=True, max_length=2)),
                ('reason', models.TextField(max_length=1000, verbose_name='reason')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reported')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='dealt with')),
                ('outcome', models.CharField(blank=True, choices=[('kept', 'kept'), ('hidden', 'hidden')], max_length=10, verbose_name='outcome')),
                ('reporter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'report to moderators',
                'verbose_name_plural': 'reports to moderators',
                'ordering': ['created_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['country', 'created_at'], name='report_waits')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'about_id', 'reporter'), name='reported_once_per_person'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_at', None)), models.Q(('settled_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='settled_reports_have_an_outcome')],
            },
        ),
    ]
