"""Stream blocks for longer texts. Their templates are in templates/content/blocks/."""

import re
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

PREVIEW = "content/blocks/preview.html"
TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]

YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com", "youtu.be"}
VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
_YOUTUBE_ID = re.compile(r"[\w-]{11}", re.ASCII)
_VIMEO_ID = re.compile(r"\d{6,12}", re.ASCII)


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("heading")
        template = "content/blocks/heading.html"
        preview_template = PREVIEW
        preview_value = "Start with what pupils already do"
        description = _("Starts a new section.")


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("text")
        template = "content/blocks/text.html"
        preview_template = PREVIEW
        preview_value = "<p>Two classes, <b>one question</b>, and a week to answer it together.</p>"
        description = _("Paragraphs, lists and links.")


class FigureBlock(blocks.StructBlock):
    """An image with alternative text. Its file is served by content/gate.py."""

    image = ImageBlock(label=_("image"))
    caption = blocks.CharBlock(required=False, max_length=300, label=_("caption"))

    class Meta:
        icon = "image"
        label = _("image")
        template = "content/blocks/image.html"
        preview_template = PREVIEW
        description = _("A picture with its description and a caption.")


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("document"))
    title = blocks.CharBlock(
        required=False, max_length=150, label=_("title"), help_text=_("Leave blank to use the document’s own title.")
    )

    class Meta:
        icon = "doc-full"
        label = _("document")
        template = "content/blocks/document.html"
        preview_template = PREVIEW
        description = _("A file to download.")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("quoted text"))
    source = blocks.CharBlock(required=False, max_length=200, label=_("said by"))

    class Meta:
        icon = "openquote"
        label = _("quote")
        template = "content/blocks/quote.html"
        preview_template = PREVIEW
        preview_value = {"text": "The talk that followed was the best training of the year.", "source": "A teacher"}
        description = _("A quotation, set apart from the text.")


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False, max_length=150, label=_("title"))
    items = blocks.ListBlock(blocks.CharBlock(max_length=300, label=_("point")), min_num=1, label=_("points"))

    class Meta:
        icon = "list-ul"
        label = _("checklist")
        template = "content/blocks/checklist.html"
        preview_template = PREVIEW
        preview_value = {"title": "Before you print it", "items": ["Three levels at most", "Tried with a colleague"]}
        description = _("Points to tick off on paper or in your head.")


def video_of(url: str) -> tuple[str, str] | None:
    """Return the provider and video id for this URL, or None for any other URL."""
    parts = urlsplit(url)
    path = [piece for piece in parts.path.split("/") if piece]
    if parts.scheme != "https" or not path:
        return None
    if parts.hostname in YOUTUBE_HOSTS:
        if parts.hostname == "youtu.be":
            found = path[0]
        elif path[0] == "watch":
            found = parse_qs(parts.query).get("v", [""])[0]
        else:
            found = path[1] if len(path) > 1 and path[0] in {"embed", "shorts", "live"} else ""
        return ("youtube", found) if _YOUTUBE_ID.fullmatch(found) else None
    if parts.hostname in VIMEO_HOSTS:
        return ("vimeo", path[-1]) if _VIMEO_ID.fullmatch(path[-1]) else None
    return None


def validate_video(url: str) -> None:
    """Raise ValidationError unless `url` is the address of a YouTube or Vimeo video."""
    if video_of(url) is None:
        raise ValidationError(_("Enter the https address of a video on YouTube or Vimeo."))


class VideoValue(blocks.StructValue):
    """Builds every URL from the video id alone; nothing else of the input reaches a page."""

    PROVIDERS = {"youtube": "YouTube", "vimeo": "Vimeo"}
    WATCH = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}
    PLAYER = {
        "youtube": "https://www.youtube-nocookie.com/embed/{}?autoplay=1&rel=0",
        "vimeo": "https://player.vimeo.com/video/{}?autoplay=1&dnt=1",
    }

    @property
    def provider(self) -> str:
        return self.PROVIDERS[video_of(self["url"])[0]]

    @property
    def watch_url(self) -> str:
        provider, identity = video_of(self["url"])
        return self.WATCH[provider].format(identity)

    @property
    def player_url(self) -> str:
        provider, identity = video_of(self["url"])
        return self.PLAYER[provider].format(identity)


class VideoBlock(blocks.StructBlock):
    """An embedded video. The provider is contacted only after a click (static/js/video.js, or a new tab)."""

    url = blocks.URLBlock(
        label=_("address"), validators=[validate_video], help_text=_("A video on YouTube or Vimeo, with captions.")
    )
    title = blocks.CharBlock(max_length=150, label=_("title"))

    class Meta:
        icon = "media"
        label = _("video")
        template = "content/blocks/video.html"
        preview_template = PREVIEW
        preview_value = {"url": "https://vimeo.com/123456789", "title": "Two classes, one object each"}
        value_class = VideoValue
        description = _("A video on YouTube or Vimeo that only loads when someone wants to watch it.")


class BodyBlock(blocks.StreamBlock):
    """Body text of a learning resource."""

    heading = HeadingBlock(max_length=150)
    text = TextBlock(features=TEXT_FEATURES)
    image = FigureBlock()
    document = DownloadBlock()
    quote = QuoteBlock()
    checklist = ChecklistBlock()
    video = VideoBlock()

    class Meta:
        template = "content/blocks/body.html"
