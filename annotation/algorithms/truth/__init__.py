"""Which class each item truly has, and how far to trust whom: truth inference.

labels = Labels.from_triples([("item 1", "ann", "yes"), ("item 1", "bob", "no"), …], classes=("yes", "no"))
found = fit(labels)                    # the default; or fit(labels, "dawid_skene")
found.posterior                        # N x K: the probability of each class
found.answer, found.top                # codes of the most probable; which classes tie for it
found.confusion                        # W x K x K: P(annotator says v | class t)
found.posterior_of([(0, 1), (-1, 0)])  # K: for the votes of an item outside the fit; -1 is somebody unknown
"""

from annotation.algorithms.truth.difficulty import difficulty, entropy
from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.labels import Labels
from annotation.algorithms.truth.methods import METHODS, Method, fit
from annotation.algorithms.truth.reliability import Reliability, reliability

__all__ = ["METHODS", "Fit", "Labels", "Method", "Reliability", "difficulty", "entropy", "fit", "reliability"]
