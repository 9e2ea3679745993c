"""The eleven kinds of visitor in the access matrix."""

from dataclasses import dataclass, field

from community.models import School, User

from . import factories


@dataclass
class Personas:
    """People who access each other's objects: `author` and `lead` are members of `school`, the others are not."""

    school: School = field(default_factory=lambda: factories.SchoolFactory(labelled=True, name="Yıldız Okulu"))
    anonymous: None = None
    outsider: User = field(default_factory=factories.UserFactory)
    lapsed: User = field(default_factory=lambda: factories.member(lapsed=True))
    revoked: User = field(default_factory=lambda: factories.member(revoked=True))
    grace: User = field(default_factory=lambda: factories.member(in_grace=True))
    member: User = field(default_factory=lambda: factories.member(labelled=True))
    organiser: User = field(default_factory=factories.moderator)
    moderator: User = field(default_factory=lambda: factories.moderator("TR"))
    other_moderator: User = field(default_factory=lambda: factories.moderator("PT"))
    author: User = None
    lead: User = None

    def __post_init__(self):
        self.author = factories.MembershipFactory(school=self.school).user
        self.lead = factories.MembershipFactory(school=self.school, lead=True).user

    def named(self) -> dict[str, User | None]:
        """Return each kind of visitor by name; None is the anonymous one."""
        names = [
            "anonymous",
            "outsider",
            "lapsed",
            "revoked",
            "grace",
            "member",
            "author",
            "lead",
            "organiser",
            "moderator",
            "other_moderator",
        ]
        return {name: getattr(self, name) for name in names}
