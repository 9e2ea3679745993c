from .invitations import Invitation
from .labels import Label, Standing
from .memberships import Confirmation, Membership, Role
from .organisations import SupportOrganisation
from .schools import School
from .users import User, display_name

__all__ = [
    "Confirmation",
    "Invitation",
    "Label",
    "Membership",
    "Role",
    "School",
    "Standing",
    "SupportOrganisation",
    "User",
    "display_name",
]
