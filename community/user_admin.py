"""People in the Wagtail admin: our fields instead of first name, last name and an administrator-set password."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

from .models import User
from .time_zones import time_zone_choices

FIELDS = ["email", "name", "language", "time_zone", "is_superuser", "groups"]


class PersonMixin(forms.ModelForm):
    first_name = None
    last_name = None
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices, initial="Europe/Brussels")
    # People set their own password through a link sent by email.
    password_enabled = False

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class PersonCreationForm(PersonMixin, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = FIELDS

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        return super().save(commit)


class PersonEditForm(PersonMixin, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = [*FIELDS, "is_active"]


class PersonViewSet(UserViewSet):
    create_template_name = "community/admin/person_create.html"
    edit_template_name = "community/admin/person_edit.html"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return PersonEditForm if for_update else PersonCreationForm
