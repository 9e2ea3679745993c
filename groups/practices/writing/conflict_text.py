"""Text that arrived after the session had ended: kept in the new session until its author has signed in again."""

import uuid

from django.http import HttpRequest, QueryDict

KEY = "kept_practice"
# A practice has some 20 KB; whoever sends more than this is not a teacher whose session ended.
MAX_BYTES = 300_000


def keep(request: HttpRequest) -> bool:
    """Keep what was posted, files excepted; False when it is not a text of ours."""
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    body = data.urlencode()
    if len(body) > MAX_BYTES:
        return False
    try:
        # The page that takes the text back relies on it.
        uuid.UUID(data.get("token", ""))
    except ValueError:
        return False
    request.session[KEY] = {"path": request.path, "writer": data.get("writer", ""), "body": body}
    return True


def taken_back(request: HttpRequest) -> QueryDict | None:
    """What was kept for this page and this person; it stays kept until `forget`."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path or kept["writer"] != str(request.user.pk):
        return None
    return QueryDict(kept["body"])


def forget(request: HttpRequest) -> None:
    """The text is saved now."""
    request.session.pop(KEY, None)
