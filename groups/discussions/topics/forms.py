from django import forms
from django.utils.translation import gettext_lazy as _

from community.access import is_moderator
from community.models import User
from content.taxonomy import Pillar

from ..comments.forms import WritingForm
from ..models import Topic
from ..models.comments import LONGEST


class TopicForm(WritingForm):
    title = forms.CharField(label=_("Title"), max_length=Topic._meta.get_field("title").max_length)
    text = forms.CharField(
        label=_("What would you like to talk about?"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Leave an empty line to start a new paragraph. Type @ and a colleague’s name to mention them."),
    )
    pillar = forms.ChoiceField(
        label=_("Pillar"), required=False, choices=[("", _("None in particular")), *Pillar.choices]
    )
    is_announcement = forms.BooleanField(label=_("Announcement: pinned to the top"), required=False)

    field_order = ["title", "text", "pillar", "school"]

    def __init__(self, user: User, *args, **kwargs) -> None:
        super().__init__(user, *args, **kwargs)
        if not is_moderator(user):
            del self.fields["is_announcement"]

    def written(self) -> dict:
        words = {name: self.cleaned_data[name] for name in ("title", "text", "pillar")}
        return super().written() | words | {"is_announcement": self.cleaned_data.get("is_announcement", False)}
