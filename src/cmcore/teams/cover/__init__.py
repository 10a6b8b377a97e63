"""Coverage: what a team is short of, when, who could fill it, and who is alone."""
