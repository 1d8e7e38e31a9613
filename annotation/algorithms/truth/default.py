"""The default: a mean of models, from the majority's to confusions, of which each must earn its place.

1. `equal_trust`: everybody is right equally often. Its answers are the majority's.
2. `one_coin`: annotators differ in how often they are right.
3. `around_coin` and `pooled`: annotators also differ in what they take for what, each in their own way or as the crowd.

A learned model earns its place when it foretells labels that it did not see better than the simpler ones, by two
standard errors of the difference (over items). So where nothing can be learned of people the answer is the majority's.
A third of the weight is always equal trust's; the learned models that stay share the rest equally. Its share grows,
up to all, until the learned models themselves give at most one chance in twenty to a loss of more than a point of
accuracy against the majority: on few items a gain that is expected may still be a loss.

Why a mean (a linear pool), and not the model that foretells best: how well a model foretells *labels* does not tell how
well it finds the *truth*. One coin takes the side of a crowd that errs in one direction; confusions describe items that
make people err together as classes of their own, and foretell such labels well. What goes wrong in one does not in
another: so an answer leaves the majority's only where the models together are surer of another. Each model's confidence
is tempered by how well it foretells (`hierarchy`), so that a model that does not fit speaks with a low voice.

No answer is certain: the mean is mixed with equal chances, which have the weight that the rule of succession gives to
what was not seen in L labels, 1 / (L + 2). It changes no answer.

What cannot be learned is not used: with fewer than three annotators people cannot be told apart, and where no item has
three of them confusions cannot be told from classes (three views are needed).

Genest, C., & Zidek, J. V. (1986). Combining probability distributions. Statistical Science 1(1), 114-135.
doi:10.1214/ss/1177013825 (linear pools). Allman, E. S. et al. (2009). Identifiability of parameters in latent
structure models. Annals of Statistics 37(6A). doi:10.1214/09-AOS689 (three views).
"""

from __future__ import annotations

import numpy as np

from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.hierarchy import infer
from annotation.algorithms.truth.labels import Floats, Labels
from annotation.algorithms.truth.one_coin import equal, one_coin
from annotation.algorithms.truth.pooled import around_coin, crowd_and_people, pooled
from annotation.algorithms.truth.risk import chance_of_loss
from annotation.algorithms.truth.strength import STRONGEST

VIEWS = 3
"""So many annotators of one item tell confusions from classes; so many in all tell people apart."""
MAJORITY = (1 / 3, 1 / 2, 2 / 3, 5 / 6)
"""The shares of equal trust, the first that is safe is taken; all is the last resort."""
BEYOND_CHANCE = 2.0
LOSS, CHANCE = 0.01, 0.05


def default(labels: Labels) -> Fit:
    """Fit the models that can be told and take the mean of those that stay. Needs at least two classes."""
    plain = equal_trust(labels)
    shares = _shares(plain, _learned(labels, plain))
    doubt = unseen(labels)
    posterior = (1 - doubt) * _mean(shares) + doubt / labels.shape[2]
    people = crowd_and_people(labels, posterior, None)
    return Fit(
        labels,
        "default",
        posterior,
        np.sum([share * model.prior for share, model in shares], axis=0),
        people.confusion,
        strength=people.strength,
        iterations=sum(model.iterations for _, model in shares),
        converged=all(model.converged for _, model in shares),
        parts=tuple(shares),
    )


def unseen(labels: Labels) -> float:
    """The chance of what none of the labels showed: 1 / (L + 2), by Laplace's rule of succession."""
    return 1 / (labels.item.size + 2)


def equal_trust(labels: Labels) -> Fit:
    """Everybody is right equally often: majority with a probability."""
    return infer(labels, equal, np.full(labels.shape[2], 1 / labels.shape[2]), "equal_trust")


def _shares(plain: Fit, learned: list[Fit]) -> list[tuple[float, Fit]]:
    """Each model's share: the least of the majority's at which the learned models see little chance of a loss."""
    believed = _mean([(1 / len(learned), model) for model in learned]) if learned else plain.posterior
    for share in MAJORITY if learned else ():
        shares = [(share, plain), *(((1 - share) / len(learned), model) for model in learned)]
        if chance_of_loss(_mean(shares), plain.posterior, believed, LOSS) <= CHANCE:
            return shares
    return [(1.0, plain)]


def _mean(shares: list[tuple[float, Fit]]) -> Floats:
    return np.asarray(np.sum([share * model.posterior for share, model in shares], axis=0))


def _learned(labels: Labels, plain: Fit) -> list[Fit]:
    """The learned models that foretell labels better than simpler ones do."""
    if np.unique(labels.annotator).size < VIEWS:
        return []
    simple, kept = plain, list[Fit]()
    coins = one_coin(labels)
    if coins.strength < STRONGEST and _better(coins, simple):
        simple, kept = coins, [coins]
    if labels.people.max(initial=0) >= VIEWS:
        confusions = pooled(labels)
        if _better(confusions, simple):
            kept += [around_coin(labels), confusions]
    return kept


def _better(rich: Fit, simple: Fit) -> bool:
    """Whether the richer model foretells labels better by more than chance (a paired test over items)."""
    if rich.foretold is None or simple.foretold is None:
        return False
    gains: Floats = rich.labels.by_item(rich.foretold - simple.foretold)
    error = float(np.sqrt(max(float((gains**2).sum() - gains.sum() ** 2 / gains.size), 0.0)))
    return float(gains.sum()) > BEYOND_CHANCE * error
