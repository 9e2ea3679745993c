import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('community', '0002_schools_and_labels'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('content', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('ar', 'العربية'), ('az', 'Azərbaycanca'), ('bg', 'Български'), ('bs', 'Bosanski'), ('ca', 'Català'), ('cs', 'Čeština'), ('cy', 'Cymraeg'), ('da', 'Dansk'), ('de', 'Deutsch'), ('el', 'Ελληνικά'), ('en', 'English'), ('es', 'Español'), ('et', 'Eesti'), ('eu', 'Euskara'), ('fa', 'فارسی'), ('fi', 'Suomi'), ('fr', 'Français'), ('fy', 'Frysk'), ('ga', 'Gaeilge'), ('gl', 'Galego'), ('hr', 'Hrvatski'), ('hu', 'Magyar'), ('hy', 'Հայերեն'), ('is', 'Íslenska'), ('it', 'Italiano'), ('ka', 'ქართული'), ('ku', 'Kurdî'), ('lb', 'Lëtzebuergesch'), ('lt', 'Lietuvių'), ('lv', 'Latviešu'), ('mk', 'Македонски'), ('mt', 'Malti'), ('nl', 'Nederlands'), ('no', 'Norsk'), ('pl', 'Polski'), ('pt', 'Português'), ('ro', 'Română'), ('ru', 'Русский'), ('sk', 'Slovenčina'), ('sl', 'Slovenščina'), ('sq', 'Shqip'), ('sr', 'Srpski'), ('sv', 'Svenska'), ('tr', 'Türkçe'), ('uk', 'Українська')], default='en', max_length=5, verbose_name='language of the text')),
                ('pillars', models.JSONField(blank=True, default=list, verbose_name='pillars')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('school', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='profile', to='community.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'school profile',
                'verbose_name_plural': 'school profiles',
            },
        ),
        migrations.CreateModel(
            name='ProfileItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shows_pupils', models.BooleanField(default=False, verbose_name='shows pupils who can be recognised')),
                ('consent_holder', models.CharField(blank=True, help_text='For example: the school office.', max_length=150, verbose_name='who holds the consent')),
                ('consent_until', models.DateField(blank=True, null=True, verbose_name='consent valid until')),
                ('kind', models.CharField(choices=[('logo', 'logo'), ('picture', 'picture'), ('website', 'link to the website')], max_length=10, verbose_name='kind')),
                ('status', models.CharField(choices=[('waiting', 'waiting for a moderator'), ('shown', 'on the page'), ('refused', 'declined'), ('ended', 'no longer on the page')], default='waiting', max_length=10, verbose_name='status')),
                ('live', models.GeneratedField(db_persist=True, expression=models.Q(('status', 'shown')), output_field=models.BooleanField())),
                ('alt', models.CharField(blank=True, max_length=250, verbose_name='description')),
                ('url', models.URLField(blank=True, verbose_name='address')),
                ('offered_at', models.DateTimeField(auto_now_add=True, verbose_name='submitted')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content.siteimage', verbose_name='picture')),
                ('offered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='submitted by')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='profile_items', to='community.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'school page item',
                'verbose_name_plural': 'school page items',
                'ordering': ['offered_at', 'pk'],
                'indexes': [models.Index(fields=['status', 'offered_at'], name='profile_item_queue')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind__in', ['logo', 'website']), ('status__in', ['waiting', 'shown'])), fields=('school', 'kind', 'status'), name='one_waiting_and_one_shown_per_kind'), models.CheckConstraint(condition=models.Q(models.Q(('image', None), ('kind', 'website'), models.Q(('url', ''), _negated=True)), models.Q(models.Q(('kind', 'website'), _negated=True), ('url', ''), models.Q(('image__isnull', False), ('status', 'ended'), _connector='OR')), _connector='OR'), name='item_has_what_its_kind_shows'), models.CheckConstraint(condition=models.Q(('kind', 'website'), models.Q(('alt', ''), _negated=True), _connector='OR'), name='picture_of_a_school_has_a_description'), models.CheckConstraint(condition=models.Q(('shows_pupils', False), models.Q(models.Q(('consent_holder', ''), _negated=True), ('consent_until__isnull', False)), _connector='OR'), name='pupils_of_a_school_with_consent'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='refused_item_has_a_reason')],
            },
        ),
    ]
