"""A share in words that never rounds up to all or down to none."""

from django import template

register = template.Library()


@register.filter
def share(value: float) -> str:
    """A share (0 to 1) per cent, to one decimal; 100% and 0% only where it is exactly so."""
    if value in (0, 1):
        return f"{value:.0%}"
    return f"{min(max(value, 0.001), 0.999):.1%}"
