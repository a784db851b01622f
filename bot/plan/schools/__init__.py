"""Which schools: the list that a document gives, and the host of a session matched to it."""
