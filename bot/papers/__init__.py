"""Papers and calendars: facts in, the bytes of a file out.  Pure; what a person typed is escaped here."""
