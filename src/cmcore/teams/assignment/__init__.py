"""Assignment: who should hold which role, why, and what another choice would cost."""
