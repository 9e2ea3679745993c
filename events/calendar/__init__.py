"""Events in calendars: a month on the site, files, links and private feeds."""
