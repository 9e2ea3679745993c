import content.blocks
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='LearningIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('audience', models.CharField(choices=[('public', 'everyone'), ('members', 'members of labelled schools')], db_index=True, default='members', max_length=10, verbose_name='who can read it')),
                ('language', models.CharField(choices=[('ar', 'العربية'), ('az', 'Azərbaycanca'), ('bg', 'Български'), ('bs', 'Bosanski'), ('ca', 'Català'), ('cs', 'Čeština'), ('cy', 'Cymraeg'), ('da', 'Dansk'), ('de', 'Deutsch'), ('el', 'Ελληνικά'), ('en', 'English'), ('es', 'Español'), ('et', 'Eesti'), ('eu', 'Euskara'), ('fa', 'فارسی'), ('fi', 'Suomi'), ('fr', 'Français'), ('fy', 'Frysk'), ('ga', 'Gaeilge'), ('gl', 'Galego'), ('hr', 'Hrvatski'), ('hu', 'Magyar'), ('hy', 'Հայերեն'), ('is', 'Íslenska'), ('it', 'Italiano'), ('ka', 'ქართული'), ('ku', 'Kurdî'), ('lb', 'Lëtzebuergesch'), ('lt', 'Lietuvių'), ('lv', 'Latviešu'), ('mk', 'Македонски'), ('mt', 'Malti'), ('nl', 'Nederlands'), ('no', 'Norsk'), ('pl', 'Polski'), ('pt', 'Português'), ('ro', 'Română'), ('ru', 'Русский'), ('sk', 'Slovenčina'), ('sl', 'Slovenščina'), ('sq', 'Shqip'), ('sr', 'Srpski'), ('sv', 'Svenska'), ('tr', 'Türkçe'), ('uk', 'Українська')], default='en', help_text='For screen readers and filters.', max_length=5, verbose_name='language of the text')),
                ('summary', models.CharField(blank=True, help_text='One or two sentences for lists and search.', max_length=300, verbose_name='summary')),
                ('search_text', models.TextField(default='', editable=False)),
            ],
            options={
                'verbose_name': 'learning resources catalogue',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ResourcePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('audience', models.CharField(choices=[('public', 'everyone'), ('members', 'members of labelled schools')], db_index=True, default='members', max_length=10, verbose_name='who can read it')),
                ('language', models.CharField(choices=[('ar', 'العربية'), ('az', 'Azərbaycanca'), ('bg', 'Български'), ('bs', 'Bosanski'), ('ca', 'Català'), ('cs', 'Čeština'), ('cy', 'Cymraeg'), ('da', 'Dansk'), ('de', 'Deutsch'), ('el', 'Ελληνικά'), ('en', 'English'), ('es', 'Español'), ('et', 'Eesti'), ('eu', 'Euskara'), ('fa', 'فارسی'), ('fi', 'Suomi'), ('fr', 'Français'), ('fy', 'Frysk'), ('ga', 'Gaeilge'), ('gl', 'Galego'), ('hr', 'Hrvatski'), ('hu', 'Magyar'), ('hy', 'Հայերեն'), ('is', 'Íslenska'), ('it', 'Italiano'), ('ka', 'ქართული'), ('ku', 'Kurdî'), ('lb', 'Lëtzebuergesch'), ('lt', 'Lietuvių'), ('lv', 'Latviešu'), ('mk', 'Македонски'), ('mt', 'Malti'), ('nl', 'Nederlands'), ('no', 'Norsk'), ('pl', 'Polski'), ('pt', 'Português'), ('ro', 'Română'), ('ru', 'Русский'), ('sk', 'Slovenčina'), ('sl', 'Slovenščina'), ('sq', 'Shqip'), ('sr', 'Srpski'), ('sv', 'Svenska'), ('tr', 'Türkçe'), ('uk', 'Українська')], default='en', help_text='For screen readers and filters.', max_length=5, verbose_name='language of the text')),
                ('summary', models.CharField(blank=True, help_text='One or two sentences for lists and search.', max_length=300, verbose_name='summary')),
                ('search_text', models.TextField(default='', editable=False)),
                ('level', models.CharField(choices=[('starter', 'Starter'), ('intermediate', 'Intermediate'), ('advanced', 'Advanced')], default='starter', max_length=15, verbose_name='level')),
                ('minutes', models.PositiveSmallIntegerField(default=30, help_text='How long it takes to complete.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='minutes')),
                ('pillars', models.JSONField(blank=True, default=list, verbose_name='pillars')),
                ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('image', 4), ('document', 7), ('quote', 10), ('checklist', 14), ('video', 17)], blank=True, block_lookup={0: ('content.blocks.HeadingBlock', (), {'max_length': 150}), 1: ('content.blocks.TextBlock', (), {'features': ['h3', 'h4', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link']}), 2: ('wagtail.images.blocks.ImageBlock', [], {'label': 'image'}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'caption', 'max_length': 300, 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('image', 2), ('caption', 3)]], {}), 5: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'document'}), 6: ('wagtail.blocks.CharBlock', (), {'help_text': 'Leave blank to use the document’s own title.', 'label': 'title', 'max_length': 150, 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('document', 5), ('title', 6)]], {}), 8: ('wagtail.blocks.TextBlock', (), {'label': 'quoted text'}), 9: ('wagtail.blocks.CharBlock', (), {'label': 'said by', 'max_length': 200, 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('text', 8), ('source', 9)]], {}), 11: ('wagtail.blocks.CharBlock', (), {'label': 'title', 'max_length': 150, 'required': False}), 12: ('wagtail.blocks.CharBlock', (), {'label': 'point', 'max_length': 300}), 13: ('wagtail.blocks.ListBlock', (12,), {'label': 'points', 'min_num': 1}), 14: ('wagtail.blocks.StructBlock', [[('title', 11), ('items', 13)]], {}), 15: ('wagtail.blocks.URLBlock', (), {'help_text': 'A video on YouTube or Vimeo, with captions.', 'label': 'address', 'validators': [content.blocks.validate_video]}), 16: ('wagtail.blocks.CharBlock', (), {'label': 'title', 'max_length': 150}), 17: ('wagtail.blocks.StructBlock', [[('url', 15), ('title', 16)]], {})}, verbose_name='text')),
            ],
            options={
                'verbose_name': 'learning resource',
                'verbose_name_plural': 'learning resources',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Completion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('language', models.CharField(max_length=5, verbose_name='language of the title')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes')),
                ('completed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='done')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='completions', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('page', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='completions', to='learning.resourcepage', verbose_name='resource')),
            ],
            options={
                'verbose_name': 'completion',
                'verbose_name_plural': 'completions',
                'constraints': [models.UniqueConstraint(fields=('user', 'page'), name='done_once_per_person')],
            },
        ),
    ]
