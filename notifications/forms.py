from django import forms

from .preferences import frequencies_of
from .topics import choosable_topics


class PreferencesForm(forms.Form):
    """One frequency choice per topic."""

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = frequencies_of(person)
        for topic in choosable_topics():
            self.fields[topic.key] = forms.ChoiceField(
                label=topic.label,
                help_text=topic.explanation,
                choices=[(frequency.value, frequency.label) for frequency in topic.choices],
                initial=chosen[topic.key],
            )
