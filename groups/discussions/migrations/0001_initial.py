import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('community', '0002_schools_and_labels'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, verbose_name='shown')),
                ('hidden_reason', models.TextField(blank=True, verbose_name='reason for hiding it')),
                ('place_id', models.PositiveBigIntegerField()),
                ('is_opening', models.BooleanField(default=False, editable=False)),
                ('text', models.TextField(max_length=5000, verbose_name='text')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('edited_at', models.DateTimeField(blank=True, null=True, verbose_name='edited')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='comments', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='discussions.comment')),
                ('place_type', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='community.school')),
            ],
            options={
                'verbose_name': 'comment',
                'verbose_name_plural': 'comments',
                'abstract': False,
                'indexes': [models.Index(fields=['place_type', 'place_id', 'parent', '-id'], name='comment_of_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(('live', False), ('hidden_reason', ''), _connector='OR'), name='shown_comment_has_no_reason'), models.UniqueConstraint(condition=models.Q(('is_opening', True)), fields=('place_type', 'place_id'), name='one_opening_of_a_place')],
            },
        ),
        migrations.CreateModel(
            name='CommentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('written_at', models.DateTimeField()),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='discussions.comment')),
            ],
            options={
                'verbose_name': 'earlier version of a comment',
                'verbose_name_plural': 'earlier versions of comments',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place_id', models.PositiveBigIntegerField()),
                ('place_type', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='discussion_subscriptions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'subscription',
                'verbose_name_plural': 'subscriptions',
                'constraints': [models.UniqueConstraint(fields=('place_type', 'place_id', 'user'), name='subscribed_once')],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, verbose_name='shown')),
                ('hidden_reason', models.TextField(blank=True, verbose_name='reason for hiding it')),
                ('title', models.CharField(max_length=150, verbose_name='title')),
                ('pillar', models.CharField(blank=True, choices=[('leadership', 'Shared leadership'), ('collaboration', 'Collaboration and teamwork'), ('agency', 'Student agency'), ('inclusion', 'Social inclusion and innovation'), ('role_model', 'Role model for other schools')], max_length=20, verbose_name='pillar')),
                ('is_announcement', models.BooleanField(default=False, verbose_name='announcement')),
                ('is_pinned', models.BooleanField(default=False, verbose_name='pinned')),
                ('is_closed', models.BooleanField(default=False, verbose_name='closed')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='started')),
                ('last_activity_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last activity')),
                ('replies_count', models.PositiveIntegerField(default=0, editable=False)),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='discussions.comment')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='topics', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='topics', to='community.school')),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('live', True)), fields=['-last_activity_at', '-id'], name='topic_latest'), models.Index(fields=['pillar', '-last_activity_at', '-id'], name='topic_latest_of_pillar')],
                'constraints': [models.CheckConstraint(condition=models.Q(('live', False), ('hidden_reason', ''), _connector='OR'), name='shown_topic_has_no_reason')],
            },
        ),
        migrations.CreateModel(
            name='Poll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=200, verbose_name='question')),
                ('takes_several', models.BooleanField(default=False, verbose_name='allow several choices')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='started')),
                ('topic', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='poll', to='discussions.topic')),
            ],
            options={
                'verbose_name': 'poll',
                'verbose_name_plural': 'polls',
            },
        ),
        migrations.CreateModel(
            name='PollOption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=120, verbose_name='option')),
                ('position', models.PositiveSmallIntegerField()),
                ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='discussions.poll')),
            ],
            options={
                'verbose_name': 'poll option',
                'verbose_name_plural': 'poll options',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('poll', 'position'), name='one_option_per_position')],
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('voter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ballots', to='discussions.poll')),
                ('options', models.ManyToManyField(related_name='ballots', to='discussions.polloption')),
            ],
            options={
                'verbose_name': 'vote',
                'verbose_name_plural': 'votes',
                'constraints': [models.UniqueConstraint(fields=('poll', 'voter'), name='one_ballot_per_person')],
            },
        ),
    ]
