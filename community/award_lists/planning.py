"""Compare award list rows with the schools in the database, and write the differences."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django_countries import countries

from ..access import read_access
from ..belonging.invitations import Invitee, addresses_of_members, invite_all
from ..errors import CommunityError
from ..models import Confirmation, Invitation, Label, Membership, Outcome, Role, School, User
from ..models.labels import overlap
from ..models.schools import complete
from .cells import quoted, shown_period
from .rows import Entry, Row

# SQLite allows 32,766 parameters per query.
CHUNK = 5_000
# Arbitrary, but unique among this site's advisory locks.
IMPORT_LOCK = 20_252_026


@dataclass
class Result:
    """The planned or applied outcome of a row."""

    line: int
    code: str
    name: str
    outcome: Outcome
    message: str


@dataclass
class Known:
    """A school's state after the preceding rows."""

    school: School
    labels: list[Label] = field(default_factory=list)
    has_lead: bool = False
    open_to: str = ""
    members: set[str] = field(default_factory=set)
    lead_addresses: set[str] = field(default_factory=set)


@dataclass
class Step:
    """The changes one row makes."""

    result: Result
    entry: Entry | None = None
    school: School | None = None
    fields: set[str] = field(default_factory=set)
    new_label: Label | None = None
    renamed_label: Label | None = None
    invites: bool = False


def covers(by: User | None) -> Callable[[str], bool]:
    """Return a test for the countries whose rows the person may import. None, the command line, covers all."""
    return (lambda country: True) if by is None else read_access(by).moderates


def plan(rows: list[Row], *, by: User | None, invite_leads: bool) -> list[Step]:
    """Compare the rows, in order, with the database, without writing. A fixed number of queries per 5,000 rows."""
    known, twins = _known({row.entry.code for row in rows if row.entry})
    mine = covers(by)
    return [_step(row, known, twins, mine, invite_leads) for row in rows]


def apply(rows: list[Row], *, by: User | None, invite_leads: bool) -> list[Result]:
    """Write the rows, each atomically, and return their results. Call inside a transaction.

    All rows are written together. If that fails, they are retried one by one, so that only the bad row is left out.
    """
    _queue_up()
    steps = plan(rows, by=by, invite_leads=invite_leads)
    try:
        with transaction.atomic():
            _write(steps)
    except (IntegrityError, CommunityError):
        steps = [_apply_alone(row, by, invite_leads) for row in rows]
    return [step.result for step in steps]


def _apply_alone(row: Row, by: User | None, invite_leads: bool) -> Step:
    (step,) = plan([row], by=by, invite_leads=invite_leads)
    try:
        with transaction.atomic():
            _write([step])
    except IntegrityError:
        return _refused(row, _("This row couldn’t be saved because the school or label was created in the meantime."))
    except CommunityError as error:
        return _refused(row, str(error))
    return step


def _queue_up() -> None:
    """Serialise imports: two lists with the same schools could deadlock.

    SQLite transactions are already serial.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


# -- Planning -----------------------------------------------------------------------------------


def _known(codes: Iterable[str]) -> tuple[dict[str, Known], dict[str, str]]:
    """Return the schools with these codes, and codes that differ from one of these only in case.

    Each school comes with its labels and what decides about invitations. The second mapping is keyed by lower-case
    code.
    """
    ordered = sorted(codes)
    known: dict[str, Known] = {}
    twins: dict[str, str] = {}
    for start in range(0, len(ordered), CHUNK):
        chunk = ordered[start : start + CHUNK]
        schools = {school.pk: Known(school) for school in School.objects.filter(code__in=chunk)}
        for label in Label.objects.filter(school__code__in=chunk):
            schools[label.school_id].labels.append(label)
        memberships = Membership.objects.filter(school__code__in=chunk)
        for school_id in memberships.active().filter(role=Role.LEAD).values_list("school_id", flat=True):
            schools[school_id].has_lead = True
        for school_id, addresses in addresses_of_members(memberships).items():
            schools[school_id].members = addresses
        for invitation in Invitation.objects.filter(role=Role.LEAD, school__code__in=chunk):
            state = schools[invitation.school_id]
            state.lead_addresses.add(invitation.email)
            if invitation.is_open:
                state.open_to = invitation.email
        known.update({state.school.code: state for state in schools.values()})
        small = School.objects.annotate(small=Lower("code")).filter(small__in=[code.lower() for code in chunk])
        twins.update({code.lower(): code for code in small.exclude(code__in=chunk).values_list("code", flat=True)})
    return known, twins


def _refused(row: Row, reason: str) -> Step:
    return Step(Result(row.line, quoted(row.code), quoted(row.name), Outcome.ERROR, reason))


def _step(
    row: Row, known: dict[str, Known], twins: dict[str, str], mine: Callable[[str], bool], invite_leads: bool
) -> Step:
    entry = row.entry
    if entry is None:
        return _refused(row, row.error)
    state = known.get(entry.code)
    twin = twins.get(entry.code.lower())
    if state is None and twin:
        return _refused(
            row,
            _("The code of an existing school, “%(code)s”, is the same apart from capital letters.") % {"code": twin},
        )
    problem = _problem(entry, state, mine)
    if problem:
        return _refused(row, problem)
    step = Step(Result(row.line, entry.code, quoted(entry.name), Outcome.UNCHANGED, ""), entry)
    sentences = []
    if state is None:
        state = known[entry.code] = Known(_new_school(entry))
        step.result.outcome = Outcome.NEW
    else:
        sentences += _change_details(step, entry, state)
    step.school = state.school
    if any(label.period == entry.period for label in state.labels):
        sentences += _rename_edition(step, entry, state)
    else:
        step.new_label = Label(edition=entry.edition, starts_on=entry.starts_on, ends_on=entry.ends_on)
        state.labels.append(step.new_label)
        if step.result.outcome != Outcome.NEW:
            step.result.outcome = Outcome.RENEWED
        sentences.insert(
            0,
            _("Label %(edition)s (%(period)s).") % {"edition": entry.edition, "period": shown_period(*entry.period)},
        )
    if invite_leads:
        sentences += _invite_lead(step, entry, state)
    step.result.message = " ".join(sentences)
    return step


def _problem(entry: Entry, state: Known | None, mine: Callable[[str], bool]) -> str:
    """Return why the row cannot be imported, as a sentence; empty if it can."""
    if not mine(entry.country):
        return _("You don’t moderate schools in this country: %(country)s.") % {
            "country": countries.name(entry.country)
        }
    if state is None:
        return ""
    if state.school.country.code != entry.country:
        return _("The school is registered in another country: %(country)s.") % {"country": state.school.country.name}
    for label in state.labels:
        if label.period == entry.period:
            return ""
        if overlap(label.period, entry.period):
            return _("The period %(new)s overlaps with the school’s %(edition)s label (%(old)s).") % {
                "new": shown_period(*entry.period),
                "edition": label.edition,
                "old": shown_period(*label.period),
            }
    return ""


def _new_school(entry: Entry) -> School:
    return School(code=entry.code, name=entry.name, country=entry.country, city=entry.city, website=entry.website)


def _change_details(step: Step, entry: Entry, state: Known) -> list[str]:
    """Update the school's details; an empty cell keeps the current value."""
    sentences = []
    for name in ("name", "city", "website"):
        old, new = getattr(state.school, name), getattr(entry, name)
        if not new or new == old:
            continue
        setattr(state.school, name, new)
        step.fields.add(name)
        field_name = School._meta.get_field(name).verbose_name
        sentences.append(
            _("%(field)s: “%(old)s” becomes “%(new)s”.") % {"field": field_name, "old": old, "new": new}
            if old
            else _("%(field)s: “%(new)s” is added.") % {"field": field_name, "new": new}
        )
    if sentences:
        step.result.outcome = Outcome.CHANGED
    return sentences


def _rename_edition(step: Step, entry: Entry, state: Known) -> list[str]:
    (label,) = (label for label in state.labels if label.starts_on == entry.starts_on)
    if label.edition == entry.edition:
        return []
    old, label.edition = label.edition, entry.edition
    step.renamed_label = label
    step.result.outcome = Outcome.CHANGED
    return [_("%(field)s: “%(old)s” becomes “%(new)s”.") % {"field": _("edition"), "old": old, "new": entry.edition}]


def _invite_lead(step: Step, entry: Entry, state: Known) -> list[str]:
    """Invite a lead if the school has none: with each new label, or when the list names a new address."""
    if state.has_lead or (step.new_label is None and entry.lead_email in state.lead_addresses):
        return []
    if entry.lead_email in state.members:
        return [
            _(
                "%(email)s won’t be invited because they’re already a member of the school. You can make them "
                "school lead."
            )
            % {"email": entry.lead_email}
        ]
    if state.open_to:
        if state.open_to == entry.lead_email:
            return []
        return [
            _("%(email)s won’t be invited because the invitation to %(other)s is still open.")
            % {"email": entry.lead_email, "other": state.open_to}
        ]
    state.open_to = entry.lead_email
    state.lead_addresses.add(entry.lead_email)
    step.invites = True
    if step.result.outcome == Outcome.UNCHANGED:
        step.result.outcome = Outcome.CHANGED
    return [_("Invited as school lead: %(email)s.") % {"email": entry.lead_email}]


# -- Writing ------------------------------------------------------------------------------------


def _write(steps: list[Step]) -> None:
    new = [step.school for step in steps if step.result.outcome == Outcome.NEW]
    complete(new)
    School.objects.bulk_create(new)
    changed = {step.school for step in steps if step.fields}
    complete(changed)
    School.objects.bulk_update(changed, ["name", "city", "website", "search_text"])
    for step in steps:
        if step.new_label:
            step.new_label.school = step.school
    Label.objects.bulk_create([step.new_label for step in steps if step.new_label])
    Label.objects.bulk_update([step.renamed_label for step in steps if step.renamed_label], ["edition"])
    invitees = [
        Invitee(
            step.school,
            step.entry.lead_email,
            language="tr" if step.entry.country == "TR" else "en",
            name=step.entry.lead_name,
        )
        for step in steps
        if step.invites
    ]
    if invitees:
        invite_all(invitees=invitees, role=Role.LEAD, confirmed_by=Confirmation.IMPORT)
