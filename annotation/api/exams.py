"""Exams: making, taking, reviewing."""

from django.urls import URLPattern

urls: list[URLPattern] = []
