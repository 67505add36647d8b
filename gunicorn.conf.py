"""How gunicorn serves the site. It reads this file by itself when started in this folder."""

import os

# Threads share one process's page cache, and two processes use two cores.
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
timeout = 60
keepalive = 20
# Loaded once and then forked: half the memory, and a fault in the settings stops the start instead of every worker.
preload_app = True
control_socket_disable = True
accesslog = "-" if os.environ.get("ACCESS_LOG") else None


def pre_fork(server: object, worker: object) -> None:
    """Close what the start-up opened: a database connection must not be shared between processes."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
