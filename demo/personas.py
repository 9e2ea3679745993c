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
    Persona("visitor", "", _("Visitor"), _("Signed out: sees what schools chose to show"), "eye"),
    Persona(
        "teacher",
        "aoife.twomey@rowanhill.example",
        _("Teacher"),
        _("Aoife Twomey, Ireland: reads, writes, registers"),
        "user",
    ),
    Persona(
        "author",
        "mehmet.ozalp@karacadagihlamur.example",
        _("Author with a returned practice"),
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
        _("Member in grace"),
        _("Dănuț Țintea, Brașov: the label has just ended"),
        "clock",
    ),
    Persona(
        "lapsed",
        "grazyna.swierczek@zrodlana.example",
        _("Lapsed member"),
        _("Grażyna Świerczek, Wrocław: the label ended long ago"),
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
        _("Amélie Verstraete, central support: curates everything"),
        "shield-check",
    ),
    Persona(
        "national-moderator",
        "selin.akgunduz@support-tr.example",
        _("Moderator of one country"),
        _("Selin Akgündüz, Türkiye: curates her country’s schools"),
        "map-pin",
    ),
]

PERSONA_ADDRESSES = {persona.email for persona in PERSONAS}
