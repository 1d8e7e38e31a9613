"""Take a file in: begin a batch, then store its rows in chunks that survive a kill at any line."""

from annotation.stages.ingest.begin import begin_batch
from annotation.stages.ingest.reading import signature_of
from annotation.stages.ingest.rights import state_deidentified, state_rights
from annotation.stages.ingest.storing import store_rows

__all__ = ["begin_batch", "signature_of", "state_deidentified", "state_rights", "store_rows"]
