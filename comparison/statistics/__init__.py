"""How alike two models are by each method, and how strong that is as evidence; NumPy and SciPy only.

Each method is a module of its own that says what it needs, what leaves it unchanged, what defeats it, its
null and its paper. ``calibration`` turns a method's value into a p-value or a bounded likelihood ratio.
"""
