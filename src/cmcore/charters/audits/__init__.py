"""Audits: how much of a history a charter covers, and what another charter would change."""
