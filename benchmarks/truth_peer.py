"""crowd-kit's Dawid-Skene on one file of labels: run in the peers' environment, where this repository is not.

    python truth_peer.py labels.csv

Prints JSON: CPU seconds of `fit` (the file's reading left out), log likelihood of its parameters, iterations.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any


def main() -> None:
    """Fit, time, weigh."""
    sys.path.remove(str(Path(__file__).resolve().parent))  # it holds a queue.py, which is not the library's
    import numpy as np

    pd: Any = importlib.import_module("pandas")
    aggregation: Any = importlib.import_module("crowdkit.aggregation")
    data = pd.read_csv(sys.argv[1]).rename(columns={"item": "task"}).astype(str)
    model = aggregation.DawidSkene(n_iter=100)
    begun = time.process_time()
    model.fit(data)
    seconds = time.process_time() - begun
    errors = model.errors_  # (worker, label) x true label
    logs = np.log(np.maximum(errors.loc[list(zip(data.worker, data.label, strict=True))].to_numpy(), 1e-300))
    sums = pd.DataFrame(logs, columns=errors.columns).groupby(data.task.to_numpy()).sum()
    sums = sums + np.log(np.maximum(model.priors_[errors.columns].to_numpy(), 1e-300))
    likelihood = float(np.logaddexp.reduce(sums.to_numpy(), axis=1).sum())
    print(
        json.dumps({"seconds": seconds, "log_likelihood": likelihood, "iterations": len(model.loss_history_)})
    )


if __name__ == "__main__":
    main()
