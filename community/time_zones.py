"""Time zone choices, and the default zone of each country (its capital's)."""

from functools import lru_cache
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

REGIONS = {
    "Europe": _("Europe"),
    "Asia": _("Asia"),
    "Africa": _("Africa"),
    "America": _("America"),
    "Atlantic": _("Atlantic"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific"),
    "Australia": _("Australia"),
}

OF_COUNTRY = {
    "AL": "Europe/Tirane",
    "AM": "Asia/Yerevan",
    "AT": "Europe/Vienna",
    "AZ": "Asia/Baku",
    "BA": "Europe/Sarajevo",
    "BE": "Europe/Brussels",
    "BG": "Europe/Sofia",
    "CH": "Europe/Zurich",
    "CY": "Asia/Nicosia",
    "CZ": "Europe/Prague",
    "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen",
    "DZ": "Africa/Algiers",
    "EE": "Europe/Tallinn",
    "EG": "Africa/Cairo",
    "ES": "Europe/Madrid",
    "FI": "Europe/Helsinki",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "GE": "Asia/Tbilisi",
    "GR": "Europe/Athens",
    "HR": "Europe/Zagreb",
    "HU": "Europe/Budapest",
    "IE": "Europe/Dublin",
    "IS": "Atlantic/Reykjavik",
    "IT": "Europe/Rome",
    "JO": "Asia/Amman",
    "LB": "Asia/Beirut",
    "LI": "Europe/Vaduz",
    "LT": "Europe/Vilnius",
    "LU": "Europe/Luxembourg",
    "LV": "Europe/Riga",
    "MD": "Europe/Chisinau",
    "ME": "Europe/Podgorica",
    "MK": "Europe/Skopje",
    "MT": "Europe/Malta",
    "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo",
    "PL": "Europe/Warsaw",
    "PT": "Europe/Lisbon",
    "RO": "Europe/Bucharest",
    "RS": "Europe/Belgrade",
    "SE": "Europe/Stockholm",
    "SI": "Europe/Ljubljana",
    "SK": "Europe/Bratislava",
    "TN": "Africa/Tunis",
    "TR": "Europe/Istanbul",
    "UA": "Europe/Kyiv",
    "XK": "Europe/Belgrade",
}

# Translated city names of these zones; the others keep the tz database's names.
CITIES = {
    "Africa/Algiers": _("Algiers"),
    "Africa/Cairo": _("Cairo"),
    "Africa/Tunis": _("Tunis"),
    "Asia/Amman": _("Amman"),
    "Asia/Baku": _("Baku"),
    "Asia/Beirut": _("Beirut"),
    "Asia/Nicosia": _("Nicosia"),
    "Asia/Tbilisi": _("Tbilisi"),
    "Asia/Yerevan": _("Yerevan"),
    "Atlantic/Reykjavik": _("Reykjavík"),
    "Europe/Amsterdam": _("Amsterdam"),
    "Europe/Athens": _("Athens"),
    "Europe/Belgrade": _("Belgrade"),
    "Europe/Berlin": _("Berlin"),
    "Europe/Bratislava": _("Bratislava"),
    "Europe/Brussels": _("Brussels"),
    "Europe/Bucharest": _("Bucharest"),
    "Europe/Budapest": _("Budapest"),
    "Europe/Chisinau": _("Chisinau"),
    "Europe/Copenhagen": _("Copenhagen"),
    "Europe/Dublin": _("Dublin"),
    "Europe/Helsinki": _("Helsinki"),
    "Europe/Istanbul": _("Istanbul"),
    "Europe/Kyiv": _("Kyiv"),
    "Europe/Lisbon": _("Lisbon"),
    "Europe/Ljubljana": _("Ljubljana"),
    "Europe/London": _("London"),
    "Europe/Luxembourg": _("Luxembourg"),
    "Europe/Madrid": _("Madrid"),
    "Europe/Malta": _("Malta"),
    "Europe/Oslo": _("Oslo"),
    "Europe/Paris": _("Paris"),
    "Europe/Podgorica": _("Podgorica"),
    "Europe/Prague": _("Prague"),
    "Europe/Riga": _("Riga"),
    "Europe/Rome": _("Rome"),
    "Europe/Sarajevo": _("Sarajevo"),
    "Europe/Skopje": _("Skopje"),
    "Europe/Sofia": _("Sofia"),
    "Europe/Stockholm": _("Stockholm"),
    "Europe/Tallinn": _("Tallinn"),
    "Europe/Tirane": _("Tirana"),
    "Europe/Vaduz": _("Vaduz"),
    "Europe/Vienna": _("Vienna"),
    "Europe/Vilnius": _("Vilnius"),
    "Europe/Warsaw": _("Warsaw"),
    "Europe/Zagreb": _("Zagreb"),
    "Europe/Zurich": _("Zurich"),
}


@lru_cache(maxsize=1)
def time_zone_names() -> frozenset[str]:
    """Return all time zone names, read from disk once."""
    return frozenset(available_timezones())


def city_of(zone: str) -> str:
    """Return the zone's city, for display."""
    return str(CITIES.get(zone, zone.rpartition("/")[2].replace("_", " ")))


def time_zone_of(country: str) -> str:
    """Return the default time zone of the country (ISO 3166 alpha-2)."""
    return OF_COUNTRY.get(country, "Europe/Brussels")


def time_zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return every geographic zone grouped by region, Europe first. `Europe/Istanbul` shows as Istanbul."""
    places: dict[str, list[tuple[str, str]]] = {region: [] for region in REGIONS}
    for zone in sorted(time_zone_names()):
        region, _slash, place = zone.partition("/")
        if region in REGIONS:
            places[region].append((zone, CITIES.get(zone, place.replace("_", " ").replace("/", ", "))))
    return [(REGIONS[region], zones) for region, zones in places.items()]
