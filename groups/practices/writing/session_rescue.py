"""Session rescue: text posted after the session ended, kept in the new session until its author signs in."""

from django.http import HttpRequest, QueryDict

from content.filters import uuid_of

KEY = "kept_practice"
# A practice is about 20 KB; anything above this is not from an honest form.
MAX_BYTES = 300_000


def rescue_text(request: HttpRequest) -> bool:
    """Keep the posted text, without files; return False if it is too large or not from our form."""
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    body = data.urlencode()
    if len(body) > MAX_BYTES:
        return False
    # The page that restores the text relies on a valid token.
    if uuid_of(data.get("token")) is None:
        return False
    request.session[KEY] = {"path": request.path, "writer": data.get("writer", ""), "body": body}
    return True


def rescued_text(request: HttpRequest) -> QueryDict | None:
    """Return the text kept for this page and person; it stays kept until `discard_rescued_text`."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path or kept["writer"] != str(request.user.pk):
        return None
    return QueryDict(kept["body"])


def discard_rescued_text(request: HttpRequest) -> None:
    """Delete the kept text once it is saved."""
    request.session.pop(KEY, None)
