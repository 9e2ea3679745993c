"""Pages for importing a practice from a Word document."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.access import contributors_only, signed_in
from community.models import School
from content.uploads import check_batch

from ..models import Practice
from .forms import schools_of
from .importing import begin_from
from .word_document import Draft, read_document, words_in

KEY = "imported_practice"


class ImportForm(forms.Form):
    token = forms.UUIDField(widget=forms.HiddenInput)
    school = forms.ModelChoiceField(queryset=None, label=gettext_lazy("School"))
    file = forms.FileField(
        label=gettext_lazy("Word document"),
        help_text=gettext_lazy("A .docx file of up to 20 MB. Your draft is private until you submit it."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial["token"] = uuid.uuid4()
        self.fields["school"].queryset = schools = schools_of(user)
        if len(schools) == 1:
            self.only_school = schools[0]
            del self.fields["school"]

    def chosen_school(self) -> School:
        return self.cleaned_data.get("school") or self.only_school

    def clean_file(self) -> Draft:
        draft = read_document(self.cleaned_data["file"])
        check_batch(files=[file for file, _alt in draft.pictures], by=self.user)
        return draft


@contributors_only
def practice_import(request: HttpRequest) -> HttpResponse:
    """Upload a document and create a draft from it."""
    form = ImportForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        draft = form.cleaned_data["file"]
        practice, unread = begin_from(
            draft=draft, by=request.user, school=form.chosen_school(), token=form.cleaned_data["token"]
        )
        request.session[KEY] = {
            "practice": practice.pk,
            "landed": draft.landed,
            "words": words_in(draft),
            "pictures": len(draft.pictures) - unread,
            "left_out": draft.left_out + unread,
        }
        return redirect("practice_imported", practice.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "practices/writing/import.html", {"form": form}, status=status)


@signed_in
def practice_imported(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which parts of the document went into which fields."""
    practice = get_object_or_404(Practice.objects.authored_by(request.user), pk=pk)
    told = request.session.get(KEY)
    if not told or told["practice"] != pk:
        messages.info(request, _("Your draft is ready for you to continue."))
        return redirect("practice_edit", pk)

    def label(name: str) -> str:
        return Practice._meta.get_field(name).verbose_name

    return render(
        request,
        "practices/writing/imported.html",
        {
            "practice": practice,
            "known": [(words, label(name)) for words, name, known in told["landed"] if known],
            "unknown": [(words, label(name)) for words, name, known in told["landed"] if not known],
            "words": [(label(name), number) for name, number in told["words"].items()],
            "pictures": told["pictures"],
            "left_out": told["left_out"],
        },
    )
