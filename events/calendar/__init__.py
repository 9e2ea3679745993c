"""Event calendars: a month view, iCalendar files, links and private feeds."""
