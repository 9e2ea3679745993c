from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .delivery import mark_read
from .models import Message

PAGE_SIZE = 30


def inbox(request: HttpRequest) -> HttpResponse:
    """The person's messages, newest first."""
    messages = Message.objects.inbox_of(request.user).only("pk", "subject", "url", "created_at", "read_at")
    page = Paginator(messages, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "notifications/inbox.html", {"page": page})


def open_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a message as read and go where it leads."""
    url = mark_read(reader=request.user, message_id=pk)
    if url is None:
        raise Http404
    return redirect(url or "inbox")
