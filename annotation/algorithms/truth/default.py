"""The default: a mean of three models, each calibrated on labels that it did not see.

1. Equal trust: everybody is right equally often. Its answers are the majority's.
2. One coin: annotators differ in how often they are right (`one_coin`).
3. Pooled: annotators differ in what they take for what (`pooled`).

No method that learns of people is safe. One coin takes the side of a crowd that errs in one direction; confusions are
explained by other classes where items, not people, make labels err together. What goes wrong in one does not in
another, and majority needs nothing to be learned: so the posterior is the mean of the three (a linear pool). The
answer leaves the majority's only where a learned model is surer than equal trust, or both learned models agree. Each
model's confidence is tempered by how well it foretells labels that it did not see (`hierarchy`), so that a model that
does not fit speaks with a low voice. The weights are equal and fixed: how well a model foretells *labels* does not tell
how well it finds the *truth* (a confusion that describes correlated errors foretells them well).

What cannot be learned is not used: with fewer than three annotators people cannot be told apart, and where no item has
three of them confusions cannot be told from classes (Kruskal's condition needs three views).

Genest, C., & Zidek, J. V. (1986). Combining probability distributions. Statistical Science 1(1), 114-135.
doi:10.1214/ss/1177013825 (linear pools). Allman, E. S. et al. (2009). Identifiability of parameters in latent
structure models. Annals of Statistics 37(6A). doi:10.1214/09-AOS689 (three views).
"""

from __future__ import annotations

import numpy as np

from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.hierarchy import infer
from annotation.algorithms.truth.labels import Labels
from annotation.algorithms.truth.one_coin import equal, one_coin
from annotation.algorithms.truth.pooled import crowd_and_people, pooled

VIEWS = 3
"""So many annotators of one item tell confusions from classes."""


def default(labels: Labels) -> Fit:
    """Fit the three models, or those that can be told, and take their mean. Needs at least two classes."""
    models = [equal_trust(labels)]
    if np.unique(labels.annotator).size >= VIEWS:
        models.append(one_coin(labels))
        if labels.people.max(initial=0) >= VIEWS:
            models.append(pooled(labels))
    share = 1 / len(models)
    posterior = sum((share * model.posterior for model in models), start=np.zeros_like(labels.votes))
    learned = crowd_and_people(labels, posterior, None)
    return Fit(
        labels,
        "default",
        posterior,
        sum((share * model.prior for model in models), start=np.zeros(labels.shape[2])),
        learned.confusion,
        strength=learned.strength,
        iterations=sum(model.iterations for model in models),
        converged=all(model.converged for model in models),
        parts=tuple((share, model) for model in models),
    )


def equal_trust(labels: Labels) -> Fit:
    """Everybody is right equally often: majority with a probability."""
    return infer(labels, equal, np.full(labels.shape[2], 1 / labels.shape[2]), "equal_trust")
