"""Calendars in iCalendar (RFC 5545): rotas and absences read, rotas and deadlines written."""
