"""Report an adoption from its form."""

from community.models import User

from ..models import Adoption, Practice
from ..writing.storing import store_files
from .adopting import report_adoption
from .forms import ReportForms


def report_from(*, forms: ReportForms, practice: Practice, by: User) -> Adoption | None:
    """Store the valid pictures of a bound form, then report the adoption if all of it is valid.

    Pictures are stored and named in the form even if nothing is reported, so that nobody has to choose them again.
    Raises PracticesError as `report_adoption` does.
    """
    forms.is_valid()
    store_files(rows=forms.pictures, by=by)
    if not forms.is_valid():
        return None
    return report_adoption(practice=practice, by=by, **forms.told())
