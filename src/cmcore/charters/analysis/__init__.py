"""Analysing: what a charter can and cannot do, for every act that could exist."""
