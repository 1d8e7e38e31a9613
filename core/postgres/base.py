"""The engine that `config.databases` names; Django looks for `DatabaseWrapper` here."""

import select

from django.db.backends.postgresql import base
from psycopg.pq import ConnStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, whose look at a kept connection costs no round trip where nothing has come in on it."""

    def is_usable(self) -> bool:
        """Whether the connection still holds, asked once a request.

        A server that ends a connection says so, or its system does: what waits to be read is its farewell, or a notice.
        """
        if self.connection is None:
            return False
        here = self.connection.pgconn
        if here.status != ConnStatus.OK:
            return False
        waiting = select.poll()
        waiting.register(here.socket, select.POLLIN)
        return bool(super().is_usable()) if waiting.poll(0) else True
