"""How well a share is known: the interval for a proportion from the right answers among those asked.

Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
doi:10.1080/01621459.1927.10502953

Wilson's and not Clopper and Pearson's "exact" interval: with the ten to fifty questions of an exam the exact one is
much wider than its level asks for, and Wilson's covers close to it (Brown, Cai & DasGupta 2001,
doi:10.1214/ss/1009213286). It never leaves [0, 1], and with no wrong answer it has a length.
"""

import math
from statistics import NormalDist


def interval(right: int, asked: int, level: float = 0.95) -> tuple[float, float]:
    """The lowest and highest share that `right` of `asked` speak for; (0, 1) when nothing was asked.

    Raises ValueError unless 0 <= right <= asked and 0 < level < 1.
    """
    if not 0 <= right <= asked:
        raise ValueError(f"{right} right of {asked}")
    if not 0 < level < 1:
        raise ValueError(f"a level of {level}")
    if not asked:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, room = right / asked, z * z / asked
    middle = share + room / 2
    reach = math.sqrt(room * (share * (1 - share) + room / 4))
    low, high = (middle - reach) / (1 + room), (middle + reach) / (1 + room)
    # By algebra the ends are 0 with nothing right and 1 with everything; floats miss them by a last digit.
    return (max(low, 0.0) if right else 0.0), (min(high, 1.0) if right < asked else 1.0)
