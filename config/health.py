"""Whether this process can serve: it answers, and the database answers it."""

from django.db import connection
from django.http import HttpRequest, JsonResponse


def health(request: HttpRequest) -> JsonResponse:
    """200 `{"status": "UP"}`; a database that does not answer raises, and the answer is 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "UP"})
