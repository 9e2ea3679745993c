"""The people a moderator looks after: their history on the site, warnings and suspensions."""
