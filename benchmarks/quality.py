"""What looking at texts costs: the pure steps by themselves, then a batch with its database, before it is opened.

    .venv/bin/python -m benchmarks.quality

Texts of 800 characters, all different, English and Chinese; the time is the process's own, so that a busy machine tells
as much as an idle one.
"""

import os
import random
import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.rubric import Table

TEXTS, CHARACTERS, CHUNK = 2_000, 800, 200


def main() -> None:
    """The steps, then whole batches on a fresh SQLite file."""
    table = Table(sys.stdout)
    for name, texts in (("English", english(1)), ("Chinese", chinese(1))):
        _steps(table, name, texts)
    with tempfile.TemporaryDirectory(prefix="assay-quality-") as home:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="config.settings",
            ASSAY_HOME=home,
            DATABASE_URL=f"sqlite:///{home}/assay.sqlite3",
            SECRET_KEY=secrets.token_hex(32),
            CELERY_BROKER_URL="memory://",
            ASSAY_FAST_PASSWORDS="true",
            LOG_LEVEL="ERROR",
        )
        _batches(table)


def english(seed: int) -> list[str]:
    """Words drawn from a vocabulary of 4,000, the frequent ones far more often, as in a language."""
    rng = random.Random(seed)
    words = ["".join(rng.choices("etaoinshrdlucmfwyp", k=rng.randint(2, 9))) for _ in range(4_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    return [" ".join(rng.choices(words, weights, k=200))[:CHARACTERS] for _ in range(TEXTS)]


def chinese(seed: int) -> list[str]:
    """Characters drawn in the same way, with a full stop now and then."""
    rng = random.Random(seed)
    signs = [chr(code) for code in rng.sample(range(0x4E00, 0x9F00), 3_000)]
    weights = [1 / rank for rank in range(1, len(signs) + 1)]
    return [
        "。".join("".join(rng.choices(signs, weights, k=19)) for _ in range(CHARACTERS // 20))
        for _ in range(TEXTS)
    ]


def _steps(table: Table, name: str, texts: list[str]) -> None:
    from annotation.algorithms.quality import (
        encoding,
        known_lists,
        languages,
        lengths,
        machine,
        normalising,
        personal,
        sketches,
    )
    from annotation.algorithms.quality.chunk import Text

    with tempfile.TemporaryDirectory() as folder:
        known_lists.build(english(2) + chinese(2), Path(folder) / f"list{known_lists.SUFFIX}")
        lists = known_lists.lists_in(Path(folder))
    rows = [Text(at, text) for at, text in enumerate(texts)]
    steps: dict[str, Callable[[list[Text]], object]] = {
        "normal form": normalising.look,
        "encoding": encoding.look,
        "lengths (and tokens, for all)": lengths.look,
        "language": lambda chunk: languages.look(chunk, {}),
        "known lists (and hashes, for both)": lambda chunk: known_lists.look(chunk, lists),
        "machine-written": machine.look,
        "personal data": personal.look,
        "exact repeats": lambda chunk: [sketches.exact_key(one) for one in chunk],
        "near repeats": sketches.sketches_of,
    }
    total = 0.0
    for step, look in steps.items():
        begun = time.process_time()
        for at in range(0, TEXTS, CHUNK):
            look(rows[at : at + CHUNK])
        seconds = time.process_time() - begun
        if step == "near repeats":
            table.line(f"{name}: all steps without near repeats", f"{TEXTS / total:,.0f} texts/s")
        total += seconds
        table.line(f"{name}: {step}", f"{TEXTS / max(seconds, 1e-6):,.0f} texts/s")
    table.line(f"{name}: all steps", f"{TEXTS / total:,.0f} texts/s")


def _batches(table: Table) -> None:
    import django

    django.setup()
    from django.core.files.base import ContentFile
    from django.core.management import call_command

    from annotation.models import Batch, QualityRun
    from annotation.stages import ingest
    from annotation.stages.quality import asking, checking
    from benchmarks.house import drain, found_project
    from core import jobs
    from core.models import Job
    from tests.cast import jsonl

    jobs.on_ring(lambda *_: None)
    call_command("migrate", verbosity=0)
    project, owner, _annotator = found_project("Quality", overlap=1)
    for name, texts in (("English", english(3)), ("Chinese", chinese(3)), ("500 of them", english(4)[:500])):
        content = ContentFile(jsonl([{"text": text} for text in texts]))
        batch: Batch = ingest.begin_batch(project=project, by=owner, file=content, name="rows.jsonl")
        drain()
        asking.check_again(batch=batch, by=owner)  # by itself: the import's own check is in the drain
        running = jobs.claim(Job.objects.filter(kind=asking.QUALITY).latest("pk").pk)
        assert running is not None
        begun, clock = time.process_time(), time.perf_counter()
        checking.check_batch(running)
        seconds, waited = time.process_time() - begun, time.perf_counter() - clock
        assert QualityRun.objects.get(batch=batch).texts == len(texts)
        table.line(
            f"a batch checked again, with its database: {name}",
            f"{len(texts) / seconds:,.0f} texts/s",
            f"{waited:.2f} s by the clock",
        )


if __name__ == "__main__":
    main()
