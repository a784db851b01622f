"""The demo's page: its routes, its stream of events, its guard.  The static files are in data/demo."""
