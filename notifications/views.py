from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .delivery import mark_all_read, mark_read
from .forms import PreferencesForm
from .models import Message
from .preferences import choose, read_token
from .preferences import unsubscribe as end_topics
from .topics import always_mailed, choosable_topic
from .visibility import hidden_from

PAGE_SIZE = 30


def inbox(request: HttpRequest) -> HttpResponse:
    """List the person's messages, newest first. Those about something now hidden from them have no link."""
    told = Message.objects.inbox_of(request.user)
    told = told.only("pk", "subject", "lines", "url", "created_at", "read_at", "about_model", "about_id")
    page = Paginator(told, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "notifications/inbox.html", {"page": page, "hidden": hidden_from(request.user, page)})


def open_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a message as read and redirect to its target."""
    url = mark_read(reader=request.user, message_id=pk)
    if url is None:
        raise Http404
    return redirect(url or "inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every message as read."""
    mark_all_read(reader=request.user)
    return redirect("inbox")


def preferences(request: HttpRequest) -> HttpResponse:
    """Edit how often the person wants emails, by topic."""
    form = PreferencesForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        choose(by=request.user, frequencies=form.cleaned_data)
        messages.success(request, _("Preferences saved."))
        return redirect("preferences")
    return render(
        request,
        "notifications/preferences.html",
        {
            "form": form,
            "always": [(topic.label, topic.explanation) for topic in always_mailed()],
            "crumbs": [(_("Messages"), reverse("inbox")), (_("Email notifications"), "")],
        },
    )


# Email clients post here without a session (RFC 8058); the signed token is the only authorisation.
@csrf_exempt
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm, then unsubscribe from the topics in the token; works signed in or out."""
    try:
        said = read_token(token)
    except signing.BadSignature:
        raise Http404 from None
    if request.method == "POST":
        end_topics(**said)
    topics = [topic for key in said["topics"] if (topic := choosable_topic(key))]
    return render(request, "notifications/unsubscribe.html", {"topics": topics, "done": request.method == "POST"})
