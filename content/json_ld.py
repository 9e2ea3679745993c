"""schema.org data inside a page."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe


def as_json_ld(data: dict[str, Any]) -> SafeString:
    """The data as JSON that is safe inside a script element: nothing in it ends the element or is markup.

    A browser runs no such script, so the content security policy has nothing to allow.
    """
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(text)  # noqa: S308 nothing that ends the element is left
