"""Weights of the ranking, and rates."""

from django.urls import URLPattern

urls: list[URLPattern] = []
