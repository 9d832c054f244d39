"""What a person sees first: what needs them, what they wait for, and how their areas stand."""

from partnership.dashboard.overview import area
from partnership.dashboard.views import desk, home

__all__ = ["area", "desk", "home"]
