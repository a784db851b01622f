"""Days and hours: expressions in a text → days of a school year, each doubt with its reading."""
