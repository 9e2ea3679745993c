from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class SpeakerBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=120, label=_("name"))
    role = blocks.CharBlock(max_length=200, required=False, label=_("role"), help_text=_("Function, school, place."))

    class Meta:
        icon = "user"
        label = _("speaker")
        label_format = "{name}"
