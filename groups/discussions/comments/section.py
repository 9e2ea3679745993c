"""The newest comments, as a section of a page that other rooms own."""

from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import render_to_string

from ..places import kind_of
from ..writing_rules import refusal_to_comment
from .forms import CommentForm
from .threads import newest


def discussion_section(request: HttpRequest, place: Model) -> str:
    """Render the newest threads of a place the person may read, with a form for those who may comment. Runs one query,
    none if there are no comments."""
    kind = kind_of(place)
    context = {
        "place": place,
        "kind": kind,
        "number": getattr(place, kind.counter),
        "answer_id": kind.answer_id(place),
        "threads": newest(place, request.user),
        "form": None if refusal_to_comment(place, request.user) else CommentForm(request.user),
        "address": kind.address(place),
        "user": request.user,
        "request": request,
    }
    # A plain context: context processors would repeat the queries of the navigation.
    return render_to_string("discussions/section.html", context)
