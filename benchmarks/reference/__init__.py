"""What the site is measured against: bare Django on the same database, with nothing but what each view says."""
