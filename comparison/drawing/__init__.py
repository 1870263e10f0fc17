"""Geometry of a comparison's drawings, in drawing units; pages and report draw the same figures from it."""
