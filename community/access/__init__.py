"""The site's access policy: who may read what, and who may act.

A person is a *current* member while they have an active membership of a school whose label is valid today or is in its
grace period. During the grace period they may read but not contribute. Access is cached for one request at most, so the
end of a label takes effect with the next request.
"""

from .decorators import View, contributors_only, members_only, object_decides, public, signed_in
from .facts import READS, Access, Audience, Belonging, Suspended, access_of, has_second_factor, read_access
from .rules import (
    AudienceQuerySet,
    acts_for,
    is_member,
    is_moderator,
    leads,
    may_contribute,
    may_manage,
    may_see,
    may_see_colleagues,
    moderated_rows,
    moderates,
    refusal_to_contribute,
    shown_to_everyone,
    suspension_in_words,
)

__all__ = [
    "READS",
    "Access",
    "Audience",
    "AudienceQuerySet",
    "Belonging",
    "Suspended",
    "View",
    "access_of",
    "acts_for",
    "contributors_only",
    "has_second_factor",
    "is_member",
    "is_moderator",
    "leads",
    "may_contribute",
    "may_manage",
    "may_see",
    "may_see_colleagues",
    "members_only",
    "moderated_rows",
    "moderates",
    "object_decides",
    "public",
    "read_access",
    "refusal_to_contribute",
    "shown_to_everyone",
    "signed_in",
    "suspension_in_words",
]
