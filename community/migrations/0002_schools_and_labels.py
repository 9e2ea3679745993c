import community.languages
import community.models.award_imports
import community.models.invitations
import django.db.models.deletion
import django.utils.timezone
import django_countries.fields
import modelcluster.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('community', '0001_initial'),
        # Not all needed below: a package's migrations cost less while few of our models exist.
        ('account', '0009_emailaddress_unique_primary_email'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('django_tasks_database', '0021_conditional_partial_index_ordering'),
        ('mfa', '0003_authenticator_type_uniq'),
        ('sessions', '0001_initial'),
        ('socialaccount', '0006_alter_socialaccount_extra_data'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtail_localize', '0016_rename_page_revision_translationlog_revision'),
        ('wagtailadmin', '0006_formstate'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailimages', '0027_image_description'),
        ('wagtailsearch', '0010_add_text_fields'),
        ('wagtailusers', '0015_userprofile_keyboard_shortcuts'),
    ]

    operations = [
        migrations.CreateModel(
            name='School',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='Permanent code used in the award lists.', max_length=40, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('slug', models.SlugField(editable=False, max_length=220, unique=True, verbose_name='address')),
                ('country', django_countries.fields.CountryField(db_index=True, max_length=2, verbose_name='country')),
                ('city', models.CharField(blank=True, max_length=120, verbose_name='city')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('about', models.TextField(blank=True, max_length=2000, verbose_name='about the school')),
                ('search_text', models.CharField(default='', editable=False, max_length=400)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'school',
                'verbose_name_plural': 'schools',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='AwardListImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(upload_to=community.models.award_imports.stored_name, verbose_name='file')),
                ('filename', models.CharField(max_length=200, verbose_name='file name')),
                ('sha256', models.CharField(db_index=True, editable=False, max_length=64)),
                ('notes', models.JSONField(default=list, editable=False)),
                ('language', models.CharField(editable=False, help_text="Of the notes and of the rows' messages.", max_length=10)),
                ('invite_leads', models.BooleanField(default=True, verbose_name='invite the school leads')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='uploaded')),
                ('status', models.CharField(choices=[('uploaded', 'waiting for your decision'), ('running', 'in progress'), ('done', 'done'), ('failed', 'interrupted')], default='uploaded', max_length=10, verbose_name='status')),
                ('run', models.PositiveIntegerField(default=0, editable=False)),
                ('progressed_at', models.DateTimeField(editable=False, null=True)),
                ('rows_total', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('rows_done', models.PositiveIntegerField(default=0)),
                ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
            ],
            options={
                'verbose_name': 'award list',
                'verbose_name_plural': 'award lists',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='AwardListRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(verbose_name='row')),
                ('code', models.CharField(max_length=60, verbose_name='code')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('outcome', models.CharField(choices=[('new', 'new school'), ('renewed', 'label renewed'), ('changed', 'details changed'), ('unchanged', 'unchanged'), ('error', 'error')], max_length=10, verbose_name='outcome')),
                ('message', models.TextField(verbose_name='message')),
                ('award_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='community.awardlistimport')),
            ],
            options={
                'verbose_name': 'row',
                'verbose_name_plural': 'rows',
                'ordering': ['line'],
                'constraints': [models.UniqueConstraint(fields=('award_import', 'line'), name='one_outcome_per_award_list_row')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='email')),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='name')),
                ('role', models.CharField(choices=[('lead', 'school lead'), ('teacher', 'teacher')], default='teacher', max_length=10, verbose_name='role')),
                ('confirmed_by', models.CharField(choices=[('lead', 'school lead'), ('organisation', 'support organisation'), ('import', 'award list')], max_length=15, verbose_name='confirmed by')),
                ('language', models.CharField(choices=community.languages.interface_languages, default='en', max_length=10, verbose_name='language')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField(default=community.models.invitations.default_expiry)),
                ('used_at', models.DateTimeField(editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('used_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='community.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'indexes': [models.Index(fields=['school', 'expires_at'], name='community_i_school__53bc64_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('used_at', None), ('withdrawn_at', None)), fields=('school', 'email'), name='one_unused_invitation_per_school_and_address')],
            },
        ),
        migrations.CreateModel(
            name='Label',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.CharField(help_text='As named by the support organisation, for example 2025–2026.', max_length=20, verbose_name='edition')),
                ('starts_on', models.DateField(verbose_name='starts on')),
                ('ends_on', models.DateField(help_text='The last day of the period.', verbose_name='ends on')),
                ('revoked_on', models.DateField(blank=True, null=True, verbose_name='withdrawn on')),
                ('revoked_reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('school', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='community.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'label',
                'verbose_name_plural': 'labels',
                'ordering': ['-starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='label_ends_after_it_starts', violation_error_message='The end date can’t be before the start date.')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('lead', 'school lead'), ('teacher', 'teacher')], default='teacher', max_length=10, verbose_name='role')),
                ('confirmed_by', models.CharField(choices=[('lead', 'school lead'), ('organisation', 'support organisation'), ('import', 'award list')], max_length=15, verbose_name='confirmed by')),
                ('began_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='began')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='community.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('user', 'school'), name='one_running_membership_per_school'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('began_at')), _connector='OR'), name='membership_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Sanction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('warning', 'warning'), ('suspension', 'suspension')], max_length=10, verbose_name='kind')),
                ('reason', models.TextField(max_length=1000, verbose_name='reason')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='issued')),
                ('until', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='lifted')),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sanctions', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'warning or suspension',
                'verbose_name_plural': 'warnings and suspensions',
                'ordering': ['-given_at', '-pk'],
                'indexes': [models.Index(fields=['person', '-given_at'], name='sanctions_of_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'suspension'), ('until__isnull', False)), models.Q(('kind', 'warning'), ('lifted_at', None), ('until', None)), _connector='OR'), name='suspensions_end_and_warnings_do_not'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='sanction_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='SupportOrganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True, verbose_name='name')),
                ('kind', models.CharField(choices=[('central', 'central'), ('national', 'national')], default='national', max_length=10, verbose_name='kind')),
                ('countries', django_countries.fields.CountryField(blank=True, help_text='Not needed for the central organisation, which covers all countries.', max_length=749, multiple=True, verbose_name='countries')),
                ('moderators', models.ManyToManyField(blank=True, related_name='moderated_organisations', to=settings.AUTH_USER_MODEL, verbose_name='moderators')),
            ],
            options={
                'verbose_name': 'support organisation',
                'verbose_name_plural': 'support organisations',
                'ordering': ['name'],
            },
        ),
    ]
