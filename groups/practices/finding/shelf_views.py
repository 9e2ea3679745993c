"""Pages of saved practices and follows."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.access import signed_in
from community.models import School
from content.filters import text_of

from ..models import Follow, Practice
from .following import follow, followed_by, topic_of, unfollow
from .saving import save_for_later, take_off_the_list

PER_PAGE = 20


def back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Redirect to the page of the form if it is on this site, else to `otherwise`."""
    address = request.POST.get("next", "")
    ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return redirect(address if ours else otherwise)


@signed_in
@require_POST
def practice_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save or unsave a practice."""
    if request.POST.get("do") == "remove":
        # Saved practices that are no longer readable can still be unsaved, without revealing whether others exist.
        practice = Practice.objects.filter(saves__user=request.user, pk=pk).first() or _visible(request, pk)
        take_off_the_list(practice=practice, by=request.user)
        messages.success(request, _("Removed from your list."))
    else:
        practice = _visible(request, pk)
        save_for_later(practice=practice, by=request.user)
        messages.success(request, _("Saved. You’ll find it under “Saved”."))
    return back(request, "practice_saved")


def _visible(request: HttpRequest, pk: int) -> Practice:
    return get_object_or_404(Practice.objects.visible_to(request.user).published(), pk=pk)


@signed_in
def practice_saved(request: HttpRequest) -> HttpResponse:
    """List saved practices, most recent first. Those no longer readable are only counted."""
    practices = Practice.objects.visible_to(request.user).published().filter(saves__user=request.user)
    practices = practices.for_list().with_saved_by(request.user).order_by("-saves__pk")
    page = Paginator(practices, PER_PAGE).get_page(request.GET.get("page"))
    hidden = request.user.saved_practices.count() - page.paginator.count
    return render(request, "practices/finding/saved.html", {"page": page, "hidden": hidden})


@signed_in
@require_POST
def follow_view(request: HttpRequest) -> HttpResponse:
    """Follow or unfollow a school, a pillar or a subject."""
    target = _target(request)
    if request.POST.get("do") == "unfollow":
        unfollow(by=request.user, **target)
        messages.success(request, _("You’ve stopped following this."))
    else:
        follow(by=request.user, **target)
        messages.success(request, _("We’ll tell you about new practices."))
    return back(request, "following")


def _target(request: HttpRequest) -> dict:
    topic = topic_of(request.POST.get("topic", ""))
    if topic:
        return {"topic": topic}
    slug = text_of(request.POST.get("school"))
    school = School.objects.visible_to(request.user).filter(slug=slug).first()
    own = Follow.objects.filter(user=request.user, school__slug=slug)
    school = school or School.objects.filter(pk__in=own.values("school")).first()
    if school is None:
        raise Http404
    return {"school": school}


@signed_in
def following(request: HttpRequest) -> HttpResponse:
    """List the person's follows and their practices."""
    follows = list(Follow.objects.filter(user=request.user).select_related("school"))
    page = Paginator(followed_by(request.user).for_list().with_saved_by(request.user), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "practices/finding/following.html", {"follows": follows, "page": page})
