"""Who should hold which role: the exact kernel, on people and roles that are bare indices."""
