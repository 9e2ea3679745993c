import community.languages
import community.models.users
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import wagtail.fields
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
            name='EventIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('audience', models.CharField(choices=[('public', 'everyone'), ('members', 'members of labelled schools')], db_index=True, default='members', max_length=10, verbose_name='who can read it')),
                ('language', models.CharField(choices=[('ar', 'العربية'), ('az', 'Azərbaycanca'), ('bg', 'Български'), ('bs', 'Bosanski'), ('ca', 'Català'), ('cs', 'Čeština'), ('cy', 'Cymraeg'), ('da', 'Dansk'), ('de', 'Deutsch'), ('el', 'Ελληνικά'), ('en', 'English'), ('es', 'Español'), ('et', 'Eesti'), ('eu', 'Euskara'), ('fa', 'فارسی'), ('fi', 'Suomi'), ('fr', 'Français'), ('fy', 'Frysk'), ('ga', 'Gaeilge'), ('gl', 'Galego'), ('hr', 'Hrvatski'), ('hu', 'Magyar'), ('hy', 'Հայերեն'), ('is', 'Íslenska'), ('it', 'Italiano'), ('ka', 'ქართული'), ('ku', 'Kurdî'), ('lb', 'Lëtzebuergesch'), ('lt', 'Lietuvių'), ('lv', 'Latviešu'), ('mk', 'Македонски'), ('mt', 'Malti'), ('nl', 'Nederlands'), ('no', 'Norsk'), ('pl', 'Polski'), ('pt', 'Português'), ('ro', 'Română'), ('ru', 'Русский'), ('sk', 'Slovenčina'), ('sl', 'Slovenščina'), ('sq', 'Shqip'), ('sr', 'Srpski'), ('sv', 'Svenska'), ('tr', 'Türkçe'), ('uk', 'Українська')], default='en', help_text='For screen readers and filters.', max_length=5, verbose_name='language of the text')),
                ('summary', models.CharField(blank=True, help_text='One or two sentences for lists and search.', max_length=300, verbose_name='summary')),
                ('search_text', models.TextField(default='', editable=False)),
            ],
            options={
                'verbose_name': 'event list',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='event_feed', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'calendar address',
                'verbose_name_plural': 'calendar addresses',
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'series',
                'verbose_name_plural': 'series',
            },
        ),
        migrations.CreateModel(
            name='EventPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('audience', models.CharField(choices=[('public', 'everyone'), ('members', 'members of labelled schools')], db_index=True, default='members', max_length=10, verbose_name='who can read it')),
                ('language', models.CharField(choices=[('ar', 'العربية'), ('az', 'Azərbaycanca'), ('bg', 'Български'), ('bs', 'Bosanski'), ('ca', 'Català'), ('cs', 'Čeština'), ('cy', 'Cymraeg'), ('da', 'Dansk'), ('de', 'Deutsch'), ('el', 'Ελληνικά'), ('en', 'English'), ('es', 'Español'), ('et', 'Eesti'), ('eu', 'Euskara'), ('fa', 'فارسی'), ('fi', 'Suomi'), ('fr', 'Français'), ('fy', 'Frysk'), ('ga', 'Gaeilge'), ('gl', 'Galego'), ('hr', 'Hrvatski'), ('hu', 'Magyar'), ('hy', 'Հայերեն'), ('is', 'Íslenska'), ('it', 'Italiano'), ('ka', 'ქართული'), ('ku', 'Kurdî'), ('lb', 'Lëtzebuergesch'), ('lt', 'Lietuvių'), ('lv', 'Latviešu'), ('mk', 'Македонски'), ('mt', 'Malti'), ('nl', 'Nederlands'), ('no', 'Norsk'), ('pl', 'Polski'), ('pt', 'Português'), ('ro', 'Română'), ('ru', 'Русский'), ('sk', 'Slovenčina'), ('sl', 'Slovenščina'), ('sq', 'Shqip'), ('sr', 'Srpski'), ('sv', 'Svenska'), ('tr', 'Türkçe'), ('uk', 'Українська')], default='en', help_text='For screen readers and filters.', max_length=5, verbose_name='language of the text')),
                ('summary', models.CharField(blank=True, help_text='One or two sentences for lists and search.', max_length=300, verbose_name='summary')),
                ('search_text', models.TextField(default='', editable=False)),
                ('kind', models.CharField(choices=[('webinar', 'Webinar'), ('workshop', 'Workshop'), ('meeting', 'Meeting'), ('visit', 'Online school visit')], default='webinar', max_length=10, verbose_name='kind')),
                ('starts_at', models.DateTimeField(db_index=True, verbose_name='starts')),
                ('ends_at', models.DateTimeField(db_index=True, verbose_name='ends')),
                ('time_zone', models.CharField(default='Europe/Brussels', max_length=50, validators=[community.models.users.validate_time_zone], verbose_name='time zone')),
                ('capacity', models.PositiveIntegerField(blank=True, help_text='Leave blank for no limit.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='places')),
                ('seats_per_school', models.PositiveIntegerField(blank=True, help_text='Leave blank for no limit.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='places per school')),
                ('one_per_school_until', models.DateTimeField(blank=True, null=True, verbose_name='one place per school until')),
                ('admits', models.CharField(choices=[('labelled', 'Teachers at schools with the label'), ('grace', 'Also teachers at schools whose label has recently expired'), ('invited', 'Only the people and schools named below')], default='labelled', max_length=10, verbose_name='who can register')),
                ('offer_hours', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(336)], verbose_name='time to accept an offered place (hours)')),
                ('registration_opens_at', models.DateTimeField(blank=True, null=True, verbose_name='registration opens')),
                ('registration_closes_at', models.DateTimeField(blank=True, null=True, verbose_name='registration closes')),
                ('join_url', models.URLField(blank=True, help_text='Never shown to anyone. People with a place use the Join button.', max_length=1000, validators=[django.core.validators.URLValidator(schemes=['https'])], verbose_name='address of the call')),
                ('speakers', wagtail.fields.StreamField([('member', 2), ('speaker', 4)], blank=True, block_lookup={0: ('events.blocks.PersonBlock', (), {'help_text': 'Readers will only see the name.', 'label': 'member’s email address'}), 1: ('wagtail.blocks.CharBlock', (), {'help_text': 'Job title, school, town.', 'label': 'role', 'max_length': 200, 'required': False}), 2: ('wagtail.blocks.StructBlock', [[('person', 0), ('role', 1)]], {}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'name', 'max_length': 120}), 4: ('wagtail.blocks.StructBlock', [[('name', 3), ('role', 1)]], {})}, verbose_name='speakers')),
                ('agenda', wagtail.fields.StreamField([('part', 3)], blank=True, block_lookup={0: ('wagtail.blocks.IntegerBlock', (), {'label': 'minutes', 'max_value': 600, 'min_value': 1}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'title', 'max_length': 200}), 2: ('wagtail.blocks.TextBlock', (), {'label': 'details', 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('minutes', 0), ('title', 1), ('text', 2)]], {})}, verbose_name='agenda')),
                ('questions', wagtail.fields.StreamField([('text', 2), ('choice', 5), ('yes_no', 2)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'question', 'max_length': 200}), 1: ('wagtail.blocks.BooleanBlock', (), {'label': 'required', 'required': False}), 2: ('wagtail.blocks.StructBlock', [[('label', 0), ('required', 1)]], {}), 3: ('wagtail.blocks.CharBlock', (), {'max_length': 120}), 4: ('wagtail.blocks.ListBlock', (3,), {'label': 'choices', 'max_num': 20, 'min_num': 2}), 5: ('wagtail.blocks.StructBlock', [[('label', 0), ('required', 1), ('choices', 4)]], {})}, verbose_name='questions asked at registration')),
                ('other_languages', models.JSONField(blank=True, default=list, verbose_name='other languages spoken')),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='description')),
                ('pillars', models.JSONField(blank=True, default=list, verbose_name='pillars')),
                ('invited_people', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='event_invitations', to=settings.AUTH_USER_MODEL, verbose_name='invited people')),
                ('invited_schools', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='event_invitations', to='community.school', verbose_name='invited schools')),
                ('organisers', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='organised_events', to=settings.AUTH_USER_MODEL, verbose_name='organisers')),
                ('series', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='events.series', verbose_name='series')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='GuestPass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='email')),
                ('language', models.CharField(choices=community.languages.interface_languages, default='en', max_length=10, verbose_name='language')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField(verbose_name='valid until')),
                ('revoked_at', models.DateTimeField(null=True)),
                ('joined_at', models.DateTimeField(null=True, verbose_name='joined')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guest_passes', to='events.eventpage')),
            ],
            options={
                'verbose_name': 'guest',
                'verbose_name_plural': 'guests',
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('event', 'email'), name='one_open_pass_per_guest_and_event')],
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('is_recording', models.BooleanField(default=False, verbose_name='this is the recording')),
                ('url', models.URLField(blank=True, max_length=1000, validators=[django.core.validators.URLValidator(schemes=['https'])], verbose_name='address')),
                ('consent', models.TextField(blank=True, max_length=500, verbose_name='consent')),
                ('readers', models.CharField(choices=[('registrants', 'people who had a place'), ('members', 'all members')], default='registrants', max_length=12, verbose_name='who can see it')),
                ('live', models.BooleanField(default=False)),
                ('released_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content.sitedocument')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='materials', to='events.eventpage')),
            ],
            options={
                'verbose_name': 'material',
                'verbose_name_plural': 'materials',
                'ordering': ['-is_recording', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('document', None), ('url', ''), _connector='XOR'), name='material_is_a_file_or_an_address'), models.CheckConstraint(condition=models.Q(('is_recording', False), ('live', False), models.Q(('consent', ''), _negated=True), _connector='OR'), name='no_recording_without_consent')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('summary', models.CharField(max_length=300, verbose_name='summary')),
                ('text', models.TextField(max_length=5000, verbose_name='What will happen, and for whom?')),
                ('kind', models.CharField(choices=[('webinar', 'Webinar'), ('workshop', 'Workshop'), ('meeting', 'Meeting'), ('visit', 'Online school visit')], default='webinar', max_length=10, verbose_name='kind')),
                ('language', models.CharField(choices=[('ar', 'العربية'), ('az', 'Azərbaycanca'), ('bg', 'Български'), ('bs', 'Bosanski'), ('ca', 'Català'), ('cs', 'Čeština'), ('cy', 'Cymraeg'), ('da', 'Dansk'), ('de', 'Deutsch'), ('el', 'Ελληνικά'), ('en', 'English'), ('es', 'Español'), ('et', 'Eesti'), ('eu', 'Euskara'), ('fa', 'فارسی'), ('fi', 'Suomi'), ('fr', 'Français'), ('fy', 'Frysk'), ('ga', 'Gaeilge'), ('gl', 'Galego'), ('hr', 'Hrvatski'), ('hu', 'Magyar'), ('hy', 'Հայերեն'), ('is', 'Íslenska'), ('it', 'Italiano'), ('ka', 'ქართული'), ('ku', 'Kurdî'), ('lb', 'Lëtzebuergesch'), ('lt', 'Lietuvių'), ('lv', 'Latviešu'), ('mk', 'Македонски'), ('mt', 'Malti'), ('nl', 'Nederlands'), ('no', 'Norsk'), ('pl', 'Polski'), ('pt', 'Português'), ('ro', 'Română'), ('ru', 'Русский'), ('sk', 'Slovenčina'), ('sl', 'Slovenščina'), ('sq', 'Shqip'), ('sr', 'Srpski'), ('sv', 'Svenska'), ('tr', 'Türkçe'), ('uk', 'Українська')], default='en', max_length=5, verbose_name='language')),
                ('pillars', models.JSONField(blank=True, default=list, verbose_name='pillars')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('time_zone', models.CharField(max_length=50, validators=[community.models.users.validate_time_zone], verbose_name='time zone')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='places')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='proposed')),
                ('decision', models.CharField(choices=[('waiting', 'waiting for a moderator'), ('accepted', 'accepted'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], default='waiting', max_length=10, verbose_name='decision')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='reason')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposal', to='events.eventpage')),
                ('proposer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='event_proposals', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'proposed event',
                'verbose_name_plural': 'proposed events',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decision', 'waiting')), models.Q(models.Q(('decision', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='a_decided_proposal_has_a_date'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='a_proposal_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('confirmed', 'has a place'), ('offered', 'has been offered a place'), ('waiting', 'on the waiting list'), ('cancelled', 'cancelled')], max_length=10, verbose_name='status')),
                ('seat', models.PositiveIntegerField(editable=False, null=True)),
                ('turn', models.PositiveIntegerField(editable=False)),
                ('round', models.PositiveSmallIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='registered')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='place given')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled')),
                ('offer_expires_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='offer valid until')),
                ('told_starts_at', models.DateTimeField(editable=False)),
                ('told_ends_at', models.DateTimeField(editable=False)),
                ('times_moved', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('shows_name', models.BooleanField(default=False, verbose_name='Other participants can see my name')),
                ('answers', models.JSONField(blank=True, default=list, verbose_name='answers')),
                ('attended_at', models.DateTimeField(blank=True, null=True, verbose_name='joined')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='events.eventpage', verbose_name='event')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.school', verbose_name='school')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'registration',
                'verbose_name_plural': 'registrations',
                'indexes': [models.Index(fields=['event', 'state', 'turn'], name='registration_queue')],
                'constraints': [models.UniqueConstraint(fields=('event', 'user'), name='one_registration_per_person'), models.UniqueConstraint(fields=('event', 'seat'), name='one_person_per_seat'), models.UniqueConstraint(fields=('event', 'turn'), name='one_registration_per_turn'), models.CheckConstraint(condition=models.Q(models.Q(('seat__isnull', False), ('state__in', ('confirmed', 'offered'))), models.Q(models.Q(('state__in', ('confirmed', 'offered')), _negated=True), ('seat', None)), _connector='OR'), name='a_seat_for_the_confirmed_and_the_offered'), models.CheckConstraint(condition=models.Q(models.Q(('offer_expires_at__isnull', False), ('state', 'offered')), models.Q(models.Q(('state', 'offered'), _negated=True), ('offer_expires_at', None)), _connector='OR'), name='an_offer_has_a_deadline')],
            },
        ),
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipients', models.CharField(choices=[('confirmed', 'everyone with a place'), ('waiting', 'the waiting list'), ('running', 'everyone with a place and the waiting list'), ('attended', 'everyone who took part')], default='confirmed', max_length=10, verbose_name='to')),
                ('subject', models.CharField(max_length=120, verbose_name='subject')),
                ('text', models.TextField(max_length=4000, verbose_name='message')),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='announcements', to='events.eventpage')),
            ],
            options={
                'verbose_name': 'message to participants',
                'verbose_name_plural': 'messages to participants',
                'ordering': ['-sent_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('event', 'digest'), name='each_announcement_once')],
            },
        ),
        migrations.CreateModel(
            name='AttendanceLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('minutes', models.PositiveIntegerField(null=True)),
                ('imported_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('dismissed_at', models.DateTimeField(null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance_lines', to='events.eventpage')),
                ('registration', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.registration')),
            ],
            options={
                'verbose_name': 'attendance list entry',
                'verbose_name_plural': 'attendance list entries',
                'ordering': ['line'],
                'constraints': [models.UniqueConstraint(fields=('event', 'name', 'email'), name='one_line_per_name_and_address')],
            },
        ),
        migrations.CreateModel(
            name='Cancellation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(max_length=1000, verbose_name='reason')),
                ('cancelled_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='cancellation', to='events.eventpage')),
            ],
            options={
                'verbose_name': 'cancellation',
                'verbose_name_plural': 'cancellations',
            },
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('overall', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='How was the event overall?')),
                ('useful', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='Can you use it at your school?')),
                ('technique', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='Did the call, sound and video work?')),
                ('liked', models.TextField(blank=True, max_length=1000, verbose_name='What will you try at your school?')),
                ('better', models.TextField(blank=True, max_length=1000, verbose_name='What could be better next time?')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('registration', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='feedback', to='events.registration')),
            ],
            options={
                'verbose_name': 'feedback',
                'verbose_name_plural': 'feedback',
                'constraints': [models.CheckConstraint(condition=models.Q(('overall__range', (1, 5)), ('technique__range', (1, 5)), ('useful__range', (1, 5))), name='feedback_has_one_to_five_stars')],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='offered on')),
                ('expires_at', models.DateTimeField(verbose_name='until')),
                ('outcome', models.CharField(choices=[('open', 'open'), ('accepted', 'accepted'), ('declined', 'declined'), ('expired', 'not answered in time'), ('withdrawn', 'the event has been cancelled')], default='open', max_length=10, verbose_name='outcome')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='events.registration')),
            ],
            options={
                'verbose_name': 'offer',
                'verbose_name_plural': 'offers',
                'constraints': [models.UniqueConstraint(condition=models.Q(('outcome', 'open')), fields=('registration',), name='one_open_offer_per_registration'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('outcome', 'open')), models.Q(models.Q(('outcome', 'open'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='an_offer_ends_once')],
            },
        ),
    ]
