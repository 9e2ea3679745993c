from django import forms


class ReasonForm(forms.Form):
    """A moderator's or reporter's reason."""

    reason = forms.CharField(max_length=1000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, label: str, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
