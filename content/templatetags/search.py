from django import template
from django.utils.safestring import SafeString

from ..search import marked

register = template.Library()


@register.filter
def marks(text: object, query: str) -> SafeString:
    """Mark the query's words: `{{ hit.title|marks:query }}`."""
    return marked(str(text), query)
