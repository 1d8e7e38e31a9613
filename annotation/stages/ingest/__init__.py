"""Take a file in: begin a batch, then store its rows in chunks that survive a kill at any line."""

from annotation.stages.ingest.begin import begin_batch
from annotation.stages.ingest.later import may_wait, store_brought
from annotation.stages.ingest.outside import Brought, bring_tasks, check_task, readable
from annotation.stages.ingest.parties import name_parties_anew
from annotation.stages.ingest.reading import signature_of
from annotation.stages.ingest.rights import state_deidentified, state_rights
from annotation.stages.ingest.storing import store_rows
from annotation.stages.ingest.task_answers import author_of

__all__ = [
    "Brought",
    "author_of",
    "begin_batch",
    "bring_tasks",
    "check_task",
    "may_wait",
    "name_parties_anew",
    "readable",
    "signature_of",
    "state_deidentified",
    "state_rights",
    "store_brought",
    "store_rows",
]
