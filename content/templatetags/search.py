from django import template
from django.utils.safestring import SafeString

from ..search import marked

register = template.Library()


@register.filter
def marks(text: object, query: str) -> SafeString:
    """`{{ hit.title|marks:query }}`: the words that were looked for, marked."""
    return marked(str(text), query)
