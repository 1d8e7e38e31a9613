"""Control items, and who was suspended by them."""

from django.urls import URLPattern

urls: list[URLPattern] = []
