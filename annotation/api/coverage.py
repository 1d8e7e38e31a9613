"""Coverage: whom the open items find, and what is missing."""

from django.urls import URLPattern

urls: list[URLPattern] = []
