"""Where the files of a page are."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse


def csv_of(project: Any, figure: Any) -> str:
    """The address of a figure's file."""
    query = f"?{urlencode({'question': figure.question})}" if figure.question else ""
    return reverse("web:figure-csv", args=[project.uid, figure.key]) + query
