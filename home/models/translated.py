from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail_localize.fields import SynchronizedField

from content.html import text_of
from content.models import SitePage
from content.models.pages import SitePageQuerySet


class TranslatedQuerySet(SitePageQuerySet):
    def in_language(self, code: str) -> "TranslatedQuerySet":
        """Filter pages of one language's tree."""
        return self.filter(locale__language_code=code)

    def for_language(self, code: str) -> "TranslatedQuerySet":
        """Return pages in this language, or those in the site's first language if it has none yet."""
        own = self.in_language(code)
        return own if own.exists() else self.in_language(settings.LANGUAGE_CODE)


class TranslatedPageForm(WagtailAdminPageForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "audience" in self.fields and not self.instance.is_original():
            self.fields["audience"].disabled = True
            self.fields["audience"].help_text = _("Copied from the original page. Change it there.")


class TranslatedPage(SitePage):
    """A public page with one copy in each language's tree. Readers see the copies as one page."""

    stands_once = False
    base_form_class = TranslatedPageForm
    objects = PageManager.from_queryset(TranslatedQuerySet)()

    # The audience comes from the original and the language from the tree, so translators cannot override them.
    override_translatable_fields = [
        SynchronizedField("audience", overridable=False),
        SynchronizedField("language", overridable=False),
    ]
    settings_panels = [MultiFieldPanel([FieldPanel("audience")], _("Readers")), *Page.settings_panels]

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if self.locale_id is None:
            self.locale = self.get_default_locale()
        self.language = self.locale.language_code
        super().save(*args, **kwargs)

    def searchable_words(self) -> list[str]:
        # The block's search content keeps the tags of rich text.
        body = self.body.stream_block.get_searchable_content(self.body)
        return [*super().searchable_words(), *(text_of(words) for words in body)]

    def get_absolute_url(self) -> str:
        return self.url
