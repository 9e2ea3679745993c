from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Feedback

STARS = [(5, _("5 – very much")), (4, "4"), (3, "3"), (2, "2"), (1, _("1 – not at all"))]


class FeedbackForm(forms.ModelForm):
    """Three star ratings and two free-text questions."""

    class Meta:
        model = Feedback
        fields = ("overall", "useful", "technique", "liked", "better")
        labels = {
            "overall": _("Was the event worth your time?"),
            "useful": _("Can you use it at your school?"),
            "technique": _("Did the call, sound and video work?"),
        }
        widgets = {
            "overall": forms.RadioSelect(choices=STARS),
            "useful": forms.RadioSelect(choices=STARS),
            "technique": forms.RadioSelect(choices=STARS),
            "liked": forms.Textarea(attrs={"rows": 3}),
            "better": forms.Textarea(attrs={"rows": 3}),
        }
