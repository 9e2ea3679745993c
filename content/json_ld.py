"""schema.org data embedded in a page."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe


def as_json_ld(data: dict[str, Any]) -> SafeString:
    """Serialise the data as JSON that cannot close its script element or inject markup.

    Browsers don't execute JSON-LD, so the content security policy needs no exception.
    """
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(text)  # noqa: S308 nothing that closes the element is left
