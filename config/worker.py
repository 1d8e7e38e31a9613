"""A Celery worker as `celery -A config worker` starts it, without the 12 MB that Celery's command line takes."""

import argparse
import sys

from config.celery import app


def main() -> int:
    """Work until told to stop. The exit status is the worker's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--concurrency", type=int, default=2, help="how many processes")
    worker = app.Worker(
        pool_cls="prefork",
        concurrency=parser.parse_args().concurrency,
        loglevel="WARNING",
        quiet=True,
        without_gossip=True,
        without_mingle=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


if __name__ == "__main__":
    sys.exit(main())
