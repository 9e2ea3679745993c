from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Persona:
    """A demonstration account that a visitor can sign in as with one click."""

    key: str
    email: str
    name: Promise
    description: Promise
    icon: str


PERSONAS = [
    Persona("visitor", "", _("Visitor"), _("Not signed in: sees what schools share with everyone"), "eye"),
    Persona(
        "teacher",
        "aoife.twomey@rowanhill.example",
        _("Teacher"),
        _("Aoife Twomey, Ireland: reads, writes and registers for events"),
        "user",
    ),
    Persona(
        "author",
        "mehmet.ozalp@karacadagihlamur.example",
        _("Author whose practice was sent back"),
        _("Mehmet Şirin Özalp, Diyarbakır: a moderator asked for changes"),
        "rotate-ccw",
    ),
    Persona(
        "lead",
        "kulli.magisalu@kaseoru.example",
        _("School lead"),
        _("Külli Mägisalu, Tartu: invites colleagues"),
        "school",
    ),
    Persona(
        "grace",
        "danut.tintea@izvorulrece.example",
        _("Member in the grace period"),
        _("Dănuț Țintea, Brașov: the label has just expired"),
        "clock",
    ),
    Persona(
        "lapsed",
        "grazyna.swierczek@zrodlana.example",
        _("Member whose school’s label has expired"),
        _("Grażyna Świerczek, Wrocław: the label expired long ago"),
        "lock",
    ),
    Persona(
        "revoked",
        "aysegul.okkesoglu@fistikagaci.example",
        _("Member of a school whose label was withdrawn"),
        _("Ayşegül Ökkeşoğlu, Gaziantep"),
        "x",
    ),
    Persona(
        "moderator",
        "amelie.verstraete@central-support.example",
        _("Moderator"),
        _("Amélie Verstraete, central support: looks after all content"),
        "shield-check",
    ),
    Persona(
        "national-moderator",
        "selin.akgunduz@support-tr.example",
        _("Moderator of one country"),
        _("Selin Akgündüz, Türkiye: looks after her country’s schools"),
        "map-pin",
    ),
]

PERSONA_ADDRESSES = {persona.email for persona in PERSONAS}
