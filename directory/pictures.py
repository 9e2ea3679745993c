"""Offer a school's logo or picture from its form."""

from django.core.exceptions import ValidationError

from community.models import School, User
from content.uploads import store_image

from .forms import LogoForm
from .models import ProfileItem
from .profile import offer_picture


def offer_from(*, form: LogoForm, school: School, by: User) -> ProfileItem | None:
    """Store the file of a bound form, then offer it if all of the form is valid.

    The file is stored and named in the form even if nothing is offered, so that nobody has to choose it again. A file
    that can't be stored becomes an error of the form. Raises DirectoryError as `offer_picture` does.
    """
    form.is_valid()
    if file := form.cleaned_data.get("file"):
        try:
            title = form.cleaned_data.get("alt") or str(form.kind.label)
            form.remember(store_image(file=file, title=title, by=by))
        except ValidationError as refused:
            form.add_error("file", refused)
    if not form.is_valid():
        return None
    return offer_picture(school=school, by=by, **form.offered())
