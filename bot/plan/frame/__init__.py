"""What stands around the sessions: the letterhead, the cluster and its head, the rules."""
