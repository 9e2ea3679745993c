from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict:
    """The links that every page shows, for the person who looks."""
    return {}
