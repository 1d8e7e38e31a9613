"""Undertaking, residence and information barriers."""

from django.urls import URLPattern

urls: list[URLPattern] = []
