from .items import Kind, ProfileItem, Status
from .profiles import Profile, profile_of

__all__ = ["Kind", "Profile", "ProfileItem", "Status", "profile_of"]
