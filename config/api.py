"""The API's addresses; each app lists its own endpoints in ``<app>/api.py``."""

from importlib import import_module

from django.urls import URLPattern

ROOMS = ("cases", "evidence", "bundles", "comparison", "authorities", "desk")

urlpatterns: list[URLPattern] = [
    pattern for room in ROOMS for pattern in import_module(f"{room}.api").urlpatterns
]
