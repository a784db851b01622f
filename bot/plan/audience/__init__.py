"""Who is to come: an audience phrase → roles, each with its count, its scope and its qualifier."""
