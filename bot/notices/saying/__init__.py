"""What each kind of notice says: its text and its buttons, by what it is about."""
