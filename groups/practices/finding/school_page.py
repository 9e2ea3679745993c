from django.http import HttpRequest
from django.template.loader import render_to_string

from community.models import School

from ..models import Follow, Practice

SHOWN = 6


def practices_of_school(request: HttpRequest, school: School) -> str:
    """Render the school's newest practices the reader may see, for its page; empty if there are none."""
    practices = list(Practice.objects.visible_to(request.user).of_school(school).for_list()[:SHOWN])
    if not practices:
        return ""
    followed = request.user.is_authenticated and Follow.objects.filter(user=request.user, school=school).exists()
    context = {"practices": practices, "school": school, "followed": followed}
    return render_to_string("practices/school_section.html", context, request)
