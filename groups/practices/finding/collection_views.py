"""Pages of collections."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from community.access import access_of, signed_in
from community.models import School
from content.filters import number_of

from ..errors import PracticesError
from ..models import Collection, CollectionEntry, Practice
from ..models.collections import Kind
from . import collecting
from .shelf_views import back


class CollectionForm(forms.ModelForm):
    """Title and description of a collection."""

    class Meta:
        model = Collection
        fields = ["title", "description"]
        widgets = {"description": forms.Textarea({"rows": 3})}


class NewCollectionForm(CollectionForm):
    """Adds the owner: `own`, `curated`, or a school the person writes for."""

    whose = forms.ChoiceField(label=gettext_lazy("Who can see it"), widget=forms.RadioSelect, initial=Kind.OWN)

    field_order = ["title", "whose", "description"]

    def __init__(self, user, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        access = access_of(user)
        choices = [(Kind.OWN, _("Only me"))]
        choices += [
            (f"school-{each.school_id}", _("Colleagues at %(school)s") % {"school": each.school_name})
            for each in access.contributing
        ]
        if access.is_moderator:
            choices.append((Kind.CURATED, _("Everyone who can read here (curated by moderators)")))
        self.fields["whose"].choices = choices
        if len(choices) == 1:
            self.fields["whose"].widget = forms.HiddenInput()

    def whose_is_it(self) -> dict:
        """Return kind and school, as arguments of `collecting.begin`."""
        kind, _dash, school_id = self.cleaned_data["whose"].partition("-")
        return {"kind": kind, "school": School.objects.get(pk=school_id) if school_id else None}


@signed_in
def collections(request: HttpRequest) -> HttpResponse:
    """List the collections the person can read."""
    found = list(Collection.objects.visible_to(request.user).select_related("school").with_number(request.user))
    parts = [
        (_("Mine"), [each for each in found if each.kind == Kind.OWN]),
        (_("My school’s"), [each for each in found if each.kind == Kind.SCHOOL]),
        (_("Curated by moderators"), [each for each in found if each.kind == Kind.CURATED]),
    ]
    return render(request, "practices/finding/collections.html", {"parts": parts, "found": bool(found)})


@signed_in
def collection_new(request: HttpRequest) -> HttpResponse:
    """Create a collection, with the practice named in the URL, if any."""
    form = NewCollectionForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            collection = collecting.begin(
                by=request.user,
                title=form.cleaned_data["title"],
                description=form.cleaned_data["description"],
                **form.whose_is_it(),
            )
        except PracticesError as refused:
            form.add_error(None, str(refused))
        else:
            practice = _named_practice(request)
            if practice:
                collecting.add(practice=practice, collection=collection, by=request.user)
            messages.success(request, _("Your collection is ready."))
            return redirect(collection)
    return render(
        request,
        "practices/finding/collection_form.html",
        {"form": form, "practice": _named_practice(request)},
        status=422 if form.errors else 200,
    )


def _named_practice(request: HttpRequest) -> Practice | None:
    pk = number_of(request.GET.get("practice"))
    return Practice.objects.visible_to(request.user).published().filter(pk=pk).first()


def _collection(request: HttpRequest, pk: int) -> Collection:
    return get_object_or_404(Collection.objects.visible_to(request.user).select_related("school"), pk=pk)


def _changeable(request: HttpRequest, pk: int) -> Collection:
    """Return the collection for people who may edit it; 403 with the reason for other readers."""
    collection = _collection(request, pk)
    if not Collection.objects.changed_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied(_("You can read this collection, but you can’t change it."))
    return collection


@signed_in
def collection(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a collection with the practices the person may read."""
    shown = _collection(request, pk)
    entries = CollectionEntry.objects.visible_to(request.user).filter(collection=shown)
    order = list(entries.values_list("practice", flat=True))
    rows = Practice.objects.visible_to(request.user).published().filter(pk__in=order)
    found = {practice.pk: practice for practice in rows.for_list().with_saved_by(request.user)}
    return render(
        request,
        "practices/finding/collection.html",
        {
            "collection": shown,
            "practices": [found[pk] for pk in order if pk in found],
            "may_change": Collection.objects.changed_by(request.user).filter(pk=pk).exists(),
        },
    )


@signed_in
def collection_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the title and description."""
    changed = _changeable(request, pk)
    form = CollectionForm(request.POST or None, instance=changed)
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("title", "description")}
        collecting.rename(collection=changed, by=request.user, **words)
        messages.success(request, _("Saved."))
        return redirect(changed)
    return render(
        request,
        "practices/finding/collection_form.html",
        {"form": form, "collection": changed},
        status=422 if form.errors else 200,
    )


@signed_in
@require_POST
def collection_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the collection but not its practices."""
    collecting.delete(collection=_changeable(request, pk), by=request.user)
    messages.success(request, _("Collection deleted. The practices in it haven’t changed."))
    return redirect("collections")


@signed_in
@require_POST
def collection_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a practice, remove it, or move it up or down."""
    changed = _changeable(request, pk)
    key = number_of(request.POST.get("practice"))
    inside = Practice.objects.filter(pk__in=changed.entries.values("practice"))
    practice = get_object_or_404(Practice.objects.visible_to(request.user).published() | inside, pk=key)
    about = {"practice": practice, "collection": changed, "by": request.user}
    try:
        match request.POST.get("do"):
            case "add":
                collecting.add(**about)
                messages.success(request, _("Added to “%(title)s”.") % {"title": changed.title})
            case "remove":
                collecting.take_out(**about)
                messages.success(request, _("Removed from “%(title)s”.") % {"title": changed.title})
            case "up" | "down" as way:
                collecting.move(**about, up=way == "up")
    except PracticesError as refused:
        messages.error(request, str(refused))
    return back(request, changed.get_absolute_url())


@signed_in
def practice_collect(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which of the person's collections contain a practice, and offer to add it to the others."""
    practice = get_object_or_404(Practice.objects.visible_to(request.user).published(), pk=pk)
    changeable = Collection.objects.changed_by(request.user).select_related("school").with_number(request.user)
    inside = set(CollectionEntry.objects.filter(practice=practice).values_list("collection", flat=True))
    rows = [(each, each.pk in inside) for each in changeable]
    return render(request, "practices/finding/collect.html", {"practice": practice, "rows": rows})
