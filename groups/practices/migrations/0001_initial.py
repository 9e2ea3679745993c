import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
import groups.practices.models.authorship
import groups.practices.models.conflicts
import groups.practices.models.description
import groups.practices.models.pictures
import groups.practices.models.review_status
import modelcluster.fields
import uuid
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('community', '0002_schools_and_labels'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('content', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='Collection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('own', 'only mine'), ('school', 'my school’s'), ('curated', 'curated by moderators')], default='own', max_length=10, verbose_name='who can see it')),
                ('title', models.CharField(max_length=100, verbose_name='name')),
                ('description', models.TextField(blank=True, max_length=600, verbose_name='description')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='community.school')),
            ],
            options={
                'verbose_name': 'collection',
                'verbose_name_plural': 'collections',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'school'), ('school__isnull', False)), models.Q(models.Q(('kind', 'school'), _negated=True), ('school__isnull', True)), _connector='OR'), name='collection_of_a_school_has_one')],
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(blank=True, max_length=40)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='followed')),
                ('school', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='community.school')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'follow',
                'verbose_name_plural': 'follows',
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('topic', ''), _negated=True), fields=['topic'], name='followers_of_topic')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('school__isnull', False)), fields=('user', 'school'), name='follows_school_once'), models.UniqueConstraint(condition=models.Q(('topic', ''), _negated=True), fields=('user', 'topic'), name='follows_topic_once'), models.CheckConstraint(condition=models.Q(models.Q(('school__isnull', False), ('topic', '')), models.Q(('school__isnull', True), models.Q(('topic', ''), _negated=True)), _connector='OR'), name='follows_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='ModerationTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
            ],
            options={
                'verbose_name': 'moderation of good practices',
                'verbose_name_plural': 'moderations of good practices',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='Practice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('summary', models.CharField(blank=True, help_text='Two sentences that make a colleague want to read more.', max_length=300, verbose_name='summary')),
                ('language', models.CharField(choices=[('ar', 'العربية'), ('az', 'Azərbaycanca'), ('bg', 'Български'), ('bs', 'Bosanski'), ('ca', 'Català'), ('cs', 'Čeština'), ('cy', 'Cymraeg'), ('da', 'Dansk'), ('de', 'Deutsch'), ('el', 'Ελληνικά'), ('en', 'English'), ('es', 'Español'), ('et', 'Eesti'), ('eu', 'Euskara'), ('fa', 'فارسی'), ('fi', 'Suomi'), ('fr', 'Français'), ('fy', 'Frysk'), ('ga', 'Gaeilge'), ('gl', 'Galego'), ('hr', 'Hrvatski'), ('hu', 'Magyar'), ('hy', 'Հայերեն'), ('is', 'Íslenska'), ('it', 'Italiano'), ('ka', 'ქართული'), ('ku', 'Kurdî'), ('lb', 'Lëtzebuergesch'), ('lt', 'Lietuvių'), ('lv', 'Latviešu'), ('mk', 'Македонски'), ('mt', 'Malti'), ('nl', 'Nederlands'), ('no', 'Norsk'), ('pl', 'Polski'), ('pt', 'Português'), ('ro', 'Română'), ('ru', 'Русский'), ('sk', 'Slovenčina'), ('sl', 'Slovenščina'), ('sq', 'Shqip'), ('sr', 'Srpski'), ('sv', 'Svenska'), ('tr', 'Türkçe'), ('uk', 'Українська')], default='en', max_length=5, verbose_name='language of the text')),
                ('pillars', models.JSONField(blank=True, default=list, verbose_name='pillars')),
                ('levels', models.JSONField(blank=True, default=list, verbose_name='education levels')),
                ('age_min', models.PositiveSmallIntegerField(blank=True, help_text='In years.', null=True, validators=[django.core.validators.MaxValueValidator(99)], verbose_name='age of youngest pupils')),
                ('age_max', models.PositiveSmallIntegerField(blank=True, help_text='In years.', null=True, validators=[django.core.validators.MaxValueValidator(99)], verbose_name='age of oldest pupils')),
                ('subjects', models.JSONField(blank=True, default=list, verbose_name='subjects')),
                ('competences', models.JSONField(blank=True, default=list, verbose_name='key competences')),
                ('activity_languages', models.JSONField(blank=True, default=list, verbose_name='languages of the activity')),
                ('countries', models.JSONField(blank=True, default=list, help_text='Apart from your own: your partner schools’ countries.', verbose_name='countries involved')),
                ('duration', models.CharField(blank=True, choices=[('lesson', 'A lesson or two'), ('days', 'Several days'), ('weeks', 'Several weeks'), ('months', 'Several months'), ('year', 'A school year or longer')], max_length=10, verbose_name='duration')),
                ('tools', models.JSONField(blank=True, default=list, help_text='Separate with commas, for example: TwinSpace, Padlet, paper.', verbose_name='tools used')),
                ('context', models.TextField(blank=True, help_text='What problem did you want to solve, and in what kind of school?', verbose_name='context')),
                ('steps', models.TextField(blank=True, help_text='What did you do, and in what order? Give enough detail for a colleague to repeat it.', verbose_name='steps')),
                ('results', models.TextField(blank=True, help_text='What changed, for whom, and how do you know?', verbose_name='results')),
                ('evidence_strength', models.CharField(blank=True, choices=[('observation', 'Observation'), ('survey', 'Survey'), ('assessment', 'Assessment data'), ('external', 'External evaluation')], max_length=15, verbose_name='type of evidence')),
                ('did_not_work', models.TextField(blank=True, help_text='Mistakes other schools can avoid thanks to you.', verbose_name='what didn’t work')),
                ('conditions', models.TextField(blank=True, help_text='What would another school need to do the same?', verbose_name='conditions for reuse')),
                ('licence', models.CharField(choices=[('CC-BY-4.0', 'CC BY 4.0: share and adapt, crediting the authors'), ('CC-BY-SA-4.0', 'CC BY-SA 4.0: share and adapt under the same licence, crediting the authors'), ('CC-BY-NC-4.0', 'CC BY-NC 4.0: share and adapt for non-commercial use, crediting the authors')], default='CC-BY-4.0', max_length=15, verbose_name='licence')),
                ('cover_alt', models.CharField(blank=True, max_length=250, verbose_name='description of the cover picture')),
                ('audience', models.CharField(choices=[('public', 'everyone'), ('members', 'members of labelled schools')], default='members', editable=False, max_length=10, verbose_name='who can read it')),
                ('public_wished', models.BooleanField(default=False, help_text='Members can always read it. A moderator decides whether visitors can too.', verbose_name='we’d like everyone to be able to read it')),
                ('review_by', models.DateField(blank=True, editable=False, null=True, verbose_name='confirm by')),
                ('search_text', models.TextField(default='', editable=False)),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='started')),
                ('saves_count', models.PositiveIntegerField(default=0, editable=False)),
                ('adoptions_count', models.PositiveIntegerField(default=0, editable=False)),
                ('adaptations_count', models.PositiveIntegerField(default=0, editable=False)),
                ('comments_count', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False)),
                ('live', models.BooleanField(default=False, editable=False, verbose_name='published')),
                ('adapted_from', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='adaptations', to='practices.practice', verbose_name='adapted from')),
                ('author', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='practices', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('cover', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='content.siteimage', verbose_name='cover picture')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='practices', to='community.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'good practice',
                'verbose_name_plural': 'good practices',
                'ordering': ['-first_published_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('live', True)), fields=['-first_published_at', '-id'], name='practice_newest_published'), models.Index(condition=models.Q(('live', True)), fields=['audience', '-first_published_at', '-id'], name='practice_newest_in_audience'), models.Index(condition=models.Q(('live', True)), fields=['-saves_count', '-id'], name='practice_most_saved'), models.Index(models.OrderBy(django.db.models.expressions.CombinedExpression(models.F('adoptions_count'), '+', models.F('adaptations_count')), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('live', True)), name='practice_most_adopted'), models.Index(fields=['school', '-first_published_at', '-id'], name='practice_newest_of_school')],
                'constraints': [models.CheckConstraint(condition=models.Q(('age_max__gte', models.F('age_min'))), name='practice_ages_in_order', violation_error_message='The oldest pupils can’t be younger than the youngest.')],
            },
            bases=(groups.practices.models.description.Described, groups.practices.models.review_status.ReviewStatus, groups.practices.models.conflicts.ConflictsOfInterest, groups.practices.models.authorship.Written, groups.practices.models.pictures.Pictured, wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.CreateModel(
            name='PracticeAttachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('title', models.CharField(max_length=150, verbose_name='title')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content.sitedocument', verbose_name='document')),
                ('practice', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='practices.practice')),
            ],
            options={
                'verbose_name': 'attachment',
                'verbose_name_plural': 'attachments',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PracticeImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('shows_pupils', models.BooleanField(default=False, verbose_name='shows pupils who can be recognised')),
                ('consent_holder', models.CharField(blank=True, help_text='For example: the school office.', max_length=150, verbose_name='who holds the consent')),
                ('consent_until', models.DateField(blank=True, null=True, verbose_name='consent valid until')),
                ('alt', models.CharField(help_text='Describe the picture for readers who can’t see it.', max_length=250, verbose_name='description')),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content.siteimage', verbose_name='picture')),
                ('practice', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='images', to='practices.practice')),
            ],
            options={
                'verbose_name': 'picture',
                'verbose_name_plural': 'pictures',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReadCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('number', models.PositiveIntegerField(default=0, verbose_name='readers')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reads', to='practices.practice')),
            ],
            options={
                'verbose_name': 'reader count',
                'verbose_name_plural': 'reader counts',
                'constraints': [models.UniqueConstraint(fields=('practice', 'day', 'country'), name='one_read_count_per_day_and_country'), models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='a_read_count_counts_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Rubric',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(editable=False, unique=True, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='in use since')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'rubric',
                'verbose_name_plural': 'rubrics',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='SavedPractice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='saved')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saves', to='practices.practice')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_practices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'saved practice',
                'verbose_name_plural': 'saved practices',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(fields=('user', 'practice'), name='saved_once_per_person')],
            },
        ),
        migrations.CreateModel(
            name='SignOffTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
            ],
            options={
                'verbose_name': 'sign-off by the school lead',
                'verbose_name_plural': 'sign-offs by the school lead',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='SignOffWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wanted', models.BooleanField(default=False, verbose_name='a school lead signs off first')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='community.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'school sign-off setting',
                'verbose_name_plural': 'school sign-off settings',
            },
        ),
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, verbose_name='shown')),
                ('hidden_reason', models.TextField(blank=True, verbose_name='reason for hiding it')),
                ('context', models.TextField(help_text='Which pupils, how many and for how long? Two or three sentences are enough.', max_length=2000, verbose_name='where you tried it')),
                ('changes', models.TextField(blank=True, help_text='Leave blank if you changed nothing.', max_length=2000, verbose_name='what you changed')),
                ('outcome', models.TextField(help_text='What worked, what didn’t and how you know.', max_length=4000, verbose_name='what happened')),
                ('again', models.CharField(choices=[('yes', 'yes, as it is'), ('changed', 'yes, with changes'), ('no', 'no')], max_length=10, verbose_name='would you do it again?')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reported')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='adoptions', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='community.school', verbose_name='school')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adoptions', to='practices.practice', verbose_name='good practice')),
            ],
            options={
                'verbose_name': 'trial report',
                'verbose_name_plural': 'trial reports',
                'abstract': False,
                'indexes': [models.Index(fields=['practice', 'live', '-created_at'], name='adoption_of_practice')],
                'constraints': [models.CheckConstraint(condition=models.Q(('live', False), ('hidden_reason', ''), _connector='OR'), name='shown_adoption_has_no_reason'), models.UniqueConstraint(fields=('practice', 'school'), name='one_report_per_school')],
            },
        ),
        migrations.CreateModel(
            name='AdoptionPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('alt', models.CharField(max_length=250, verbose_name='description')),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content.siteimage', verbose_name='picture')),
                ('report', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='practices.adoption')),
            ],
            options={
                'verbose_name': 'picture',
                'verbose_name_plural': 'pictures',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CoAuthor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email')),
                ('standing', models.CharField(choices=[('invited', 'invited'), ('accepted', 'accepted'), ('declined', 'declined'), ('left', 'left'), ('removed', 'removed')], default='invited', max_length=10, verbose_name='status')),
                ('invited_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='invited')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='co_authorships', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('school', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='co_authorships', to='community.school', verbose_name='school')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='co_authors', to='practices.practice')),
            ],
            options={
                'verbose_name': 'co-author',
                'verbose_name_plural': 'co-authors',
                'constraints': [models.UniqueConstraint(condition=models.Q(('standing__in', ['invited', 'accepted'])), fields=('practice', 'person'), name='co_author_asked_once'), models.UniqueConstraint(models.F('practice'), django.db.models.functions.text.Lower('email'), condition=models.Q(('standing', 'invited'), models.Q(('email', ''), _negated=True)), name='co_author_address_asked_once'), models.CheckConstraint(condition=models.Q(models.Q(('standing', 'accepted'), _negated=True), models.Q(('answered_at__isnull', False), ('person__isnull', False), ('school__isnull', False)), _connector='OR'), name='co_author_accepts_for_a_school')],
            },
        ),
        migrations.CreateModel(
            name='CollectionEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='practices.collection')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='practices.practice')),
            ],
            options={
                'verbose_name': 'collection entry',
                'verbose_name_plural': 'collection entries',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('collection', 'practice'), name='once_in_a_collection')],
            },
        ),
        migrations.CreateModel(
            name='ConflictCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('window', models.UUIDField()),
                ('step', models.CharField(max_length=20)),
                ('body', models.TextField()),
                ('kept_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflict_copies', to='practices.practice')),
            ],
            options={
                'verbose_name': 'unsaved text',
                'verbose_name_plural': 'unsaved text',
                'ordering': ['-kept_at'],
                'constraints': [models.UniqueConstraint(fields=('practice', 'person', 'window', 'step'), name='conflict_copy_once_per_form')],
            },
        ),
        migrations.CreateModel(
            name='ConsentNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('consent_until', models.DateField(verbose_name='consent valid until')),
                ('outcome', models.CharField(choices=[('reminded', 'authors reminded'), ('taken_down', 'picture taken down')], max_length=15, verbose_name='outcome')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content.siteimage', verbose_name='picture')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consent_notices', to='practices.practice')),
            ],
            options={
                'verbose_name': 'consent follow-up',
                'verbose_name_plural': 'consent follow-ups',
                'constraints': [models.UniqueConstraint(fields=('practice', 'image', 'consent_until'), name='consent_looked_after_once')],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('title_en', models.CharField(max_length=80, verbose_name='title in English')),
                ('title_tr', models.CharField(blank=True, max_length=80, verbose_name='title in Turkish')),
                ('guidance_en', models.TextField(max_length=500, verbose_name='guidance in English')),
                ('guidance_tr', models.TextField(blank=True, max_length=500, verbose_name='guidance in Turkish')),
                ('weight', models.PositiveSmallIntegerField(help_text='A criterion with weight 20 counts twice as much as one with weight 10.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='weight')),
                ('rubric', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='practices.rubric')),
            ],
            options={
                'verbose_name': 'criterion',
                'verbose_name_plural': 'criteria',
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 100)), name='criterion_weighs_something')],
            },
        ),
        migrations.CreateModel(
            name='EditLock',
            fields=[
                ('practice', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='edit_lock', serialize=False, to='practices.practice')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('heartbeat', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last active')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='editor')),
                ('revision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision')),
            ],
            options={
                'verbose_name': 'edit lock',
                'verbose_name_plural': 'edit locks',
            },
        ),
        migrations.CreateModel(
            name='EndedConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('consent_until', models.DateField(verbose_name='consent valid until')),
                ('noticed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content.siteimage', verbose_name='picture')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ended_consents', to='practices.practice')),
            ],
            options={
                'verbose_name': 'expired consent',
                'verbose_name_plural': 'expired consents',
                'constraints': [models.UniqueConstraint(fields=('practice', 'image', 'consent_until'), name='consent_ends_once')],
            },
        ),
        migrations.CreateModel(
            name='ReviewRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wanted', models.PositiveSmallIntegerField(default=1, verbose_name='reviews needed')),
                ('began_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('escalated_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('publish', 'Publish'), ('return', 'Send back with reasons'), ('decline', 'Decline')], max_length=10, verbose_name='outcome')),
                ('words', models.TextField(blank=True, verbose_name='decision note')),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='practices.practice')),
                ('task_state', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.taskstate')),
                ('rubric', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.rubric')),
            ],
            options={
                'verbose_name': 'review round',
                'verbose_name_plural': 'review rounds',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('wanted__gte', 1), ('wanted__lte', 3)), name='round_wants_reviews'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='round_decided_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='reason for the appeal')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('declined', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='appeal_against', to='practices.reviewround')),
            ],
            options={
                'verbose_name': 'appeal',
                'verbose_name_plural': 'appeals',
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seat', models.PositiveSmallIntegerField(null=True)),
                ('claimed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('released_at', models.DateTimeField(null=True)),
                ('written_at', models.DateTimeField(null=True)),
                ('recommendation', models.CharField(blank=True, choices=[('publish', 'Publish'), ('return', 'Send back with reasons'), ('decline', 'Decline')], max_length=10, verbose_name='recommendation')),
                ('words', models.TextField(blank=True, verbose_name='note to the author')),
                ('make_public', models.BooleanField(default=False)),
                ('reviewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='practice_reviews', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='practices.reviewround')),
            ],
            options={
                'verbose_name': 'review',
                'verbose_name_plural': 'reviews',
                'ordering': ['seat', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('round', 'reviewer'), name='one_review_per_reviewer_and_round'), models.UniqueConstraint(fields=('round', 'seat'), name='one_review_per_place'), models.CheckConstraint(condition=models.Q(models.Q(('released_at__isnull', False), ('seat', None)), models.Q(('released_at', None), ('seat__gte', 1), ('seat__isnull', False), ('seat__lte', 3)), _connector='OR'), name='review_holds_a_place_or_is_released'), models.CheckConstraint(condition=models.Q(('written_at', None), models.Q(('recommendation', ''), _negated=True), _connector='OR'), name='written_review_recommends_something')],
            },
        ),
        migrations.CreateModel(
            name='CriterionScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'not yet'), (2, 'partly'), (3, 'well'), (4, 'a model for others')], null=True, verbose_name='score')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.criterion')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='practices.review')),
            ],
            options={
                'verbose_name': 'score',
                'verbose_name_plural': 'scores',
                'ordering': ['criterion__sort_order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('review', 'criterion'), name='one_score_per_criterion'), models.CheckConstraint(condition=models.Q(('score', None), models.Q(('score__gte', 1), ('score__lte', 4)), _connector='OR'), name='score_in_range')],
            },
        ),
        migrations.AddField(
            model_name='ReviewRound',
            name='appeal',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='round', to='practices.appeal'),
        ),
    ]
