from allauth.core.ratelimit import consume
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.access import public

from .forms import FeedbackForm
from .giving import give_feedback


@public
def feedback(request: HttpRequest) -> HttpResponse:
    """Accept feedback from anyone, rate limited per member, or per address for visitors."""
    if request.method != "POST":
        form = FeedbackForm(user=request.user, page=request.GET.get("page", "")[:500])
        return render(request, "home/feedback.html", {"form": form})
    form = FeedbackForm(request.POST, user=request.user)
    status = 200
    if form.is_valid():
        if consume(request, action="feedback" if request.user.is_authenticated else "visitor_feedback"):
            give_feedback(by=request.user, language=get_language(), **form.cleaned_data)
            return redirect("feedback_sent")
        form.add_error(None, _("You’ve sent a lot in a short time. Your text is still here, so try again in an hour."))
        status = 429
    return render(request, "home/feedback.html", {"form": form}, status=status)


@public
def feedback_sent(request: HttpRequest) -> HttpResponse:
    """Thank the sender and explain what happens next."""
    return render(request, "home/feedback_sent.html")
