"""Reads across the rooms: what a person's matters hold, drawn together."""
