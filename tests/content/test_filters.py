from content.filters import known
from content.taxonomy import Pillar
from events.models import EventPage


def test_only_keys_of_the_vocabulary_are_known():
    asked = ["agency", "AGENCY", "Student agency", "%", "", None]
    assert [known(value, Pillar) for value in asked] == ["agency", "", "", "", "", ""]


def test_choices_with_their_labels():
    event = EventPage(pillars=["agency", "leadership"])
    assert event.get_pillars_pairs() == [("agency", "Student agency"), ("leadership", "Shared leadership")]
