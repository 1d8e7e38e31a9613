"""Give items to people by name."""

from django.urls import URLPattern

urls: list[URLPattern] = []
