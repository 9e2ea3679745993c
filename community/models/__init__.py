from ..choices import Role, Standing
from .award_imports import AwardListImport, AwardListRow, Outcome
from .invitations import Invitation
from .labels import Label, LabelState
from .memberships import Confirmation, Membership
from .organisations import SupportOrganisation
from .sanctions import Sanction
from .schools import School
from .users import User, display_name

__all__ = [
    "AwardListImport",
    "AwardListRow",
    "Confirmation",
    "Invitation",
    "Label",
    "LabelState",
    "Membership",
    "Outcome",
    "Role",
    "Sanction",
    "School",
    "Standing",
    "SupportOrganisation",
    "User",
    "display_name",
]
