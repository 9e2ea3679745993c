from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.access import leads, signed_in
from community.models import School
from community.school_pages import crumbs_to, visible_school

from ..errors import DirectoryError
from ..forms import LogoForm, PictureForm, TellingForm
from ..models import Kind, Profile, ProfileItem, Status, profile_of
from ..models.items import MAX_PICTURES
from ..pictures import offer_from
from ..presentation import page_context
from ..profile import remove, tell


def _led_school(request: HttpRequest, slug: str) -> School:
    """Return the school if the person leads it; raise Http404 or PermissionDenied otherwise."""
    school = visible_school(request, slug)
    if not leads(request.user, school):
        raise PermissionDenied(_("Only a school lead at %(school)s can edit this page.") % {"school": school.name})
    return school


@signed_in
def edit_school(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit the school's text, with a preview of the whole page."""
    school = _led_school(request, slug)
    waiting = ProfileItem.objects.waiting().filter(school=school, kind=Kind.WEBSITE).first()
    form = TellingForm.of(request.POST or None, school, profile_of(school), waiting)
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        if "preview" in request.POST:
            return _preview(request, school, form)
        try:
            tell(school=school, by=request.user, telling=form.telling)
        except DirectoryError as refused:
            form.add_error(None, str(refused))
        else:
            return _saved(request, school)
    return render(
        request,
        "directory/edit_school.html",
        {"school": school, "form": form, "waiting": waiting, "crumbs": crumbs_to(school, _("Edit"))},
    )


def _saved(request: HttpRequest, school: School) -> HttpResponse:
    messages.success(request, _("School page saved."))
    if ProfileItem.objects.waiting().filter(school=school, kind=Kind.WEBSITE).exists():
        messages.info(
            request, _("A moderator will check the new address of your website, and we’ll tell you the decision.")
        )
    return redirect(school)


def _preview(request: HttpRequest, school: School, form: TellingForm) -> HttpResponse:
    """Render the page as it would look once saved and approved; write nothing."""
    told = form.telling
    school.city, school.about, school.website = told.city, told.about, told.website
    profile = Profile(school=school, language=told.language, pillars=told.pillars)
    items = ProfileItem.objects.visible_to(request.user).filter(school=school).exclude(kind=Kind.WEBSITE)
    context = page_context(request, school, profile, list(items.with_pictures()))
    return render(request, "directory/school.html", {**context, "previewing": form})


@signed_in
def school_pictures(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the school's logo and pictures with their status; accept uploads."""
    school = _led_school(request, slug)
    data, files = request.POST or None, request.FILES or None
    kind = request.POST.get("kind")
    words = _("Logo of %(school)s") % {"school": school.name}
    logo = LogoForm(*(data, files) if kind == Kind.LOGO else (), by=request.user, initial={"alt": words})
    picture = PictureForm(*(data, files) if kind == Kind.PICTURE else (), by=request.user)
    form = {Kind.LOGO: logo, Kind.PICTURE: picture}.get(kind)
    if form:
        try:
            offered = offer_from(form=form, school=school, by=request.user)
        except DirectoryError as refused:
            offered = None
            form.add_error(None, str(refused))
        if offered:
            messages.success(
                request,
                _("Uploaded. A moderator will check it before visitors can see it, and we’ll tell you the decision."),
            )
            return redirect("school_pictures", school.slug)
    present = list(
        ProfileItem.objects.filter(school=school, kind__in=[Kind.LOGO, Kind.PICTURE])
        .exclude(status=Status.ENDED)
        .with_pictures()
    )
    counted = [item for item in present if item.kind == Kind.PICTURE and item.status != Status.REFUSED]
    return render(
        request,
        "directory/school_pictures.html",
        {
            "school": school,
            "logos": [item for item in present if item.kind == Kind.LOGO],
            "pictures": [item for item in present if item.kind == Kind.PICTURE],
            "logo_form": logo,
            "picture_form": picture,
            "is_full": len(counted) >= MAX_PICTURES,
            "max_pictures": MAX_PICTURES,
            "crumbs": crumbs_to(school, _("Logo and pictures")),
        },
    )


@signed_in
def preview_school(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the school's page as it would look once every waiting item is approved."""
    school = _led_school(request, slug)
    waiting = ProfileItem.objects.waiting().filter(school=school, kind=Kind.WEBSITE).first()
    form = TellingForm.of(None, school, profile_of(school), waiting)
    school.website = form.initial["website"]
    items = ProfileItem.objects.visible_to(request.user).filter(school=school).exclude(kind=Kind.WEBSITE)
    context = page_context(request, school, profile_of(school), list(items.with_pictures()))
    return render(request, "directory/school.html", {**context, "looking_ahead": True})


@signed_in
@require_POST
def remove_picture(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Remove a logo or picture and delete its file, whether published or waiting."""
    school = _led_school(request, slug)
    item = get_object_or_404(ProfileItem.objects.exclude(kind=Kind.WEBSITE), school=school, pk=pk)
    try:
        remove(item=item, by=request.user)
    except DirectoryError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Removed. The file has been deleted."))
    return redirect("school_pictures", school.slug)
