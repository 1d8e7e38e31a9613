"""A project's rules of qualification."""

from django.urls import URLPattern

urls: list[URLPattern] = []
