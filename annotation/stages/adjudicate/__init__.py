"""Adjudicate: what annotators differ on is decided, may be appealed, cited, doubted, and looked at again.

A package, because stages never import each other and these do: one arrow in several files.

- `deciding`: the decision itself; `answering`: the answer in it; `drafting`: one that is being written
- `room`: who may be shown a dispute, and who may decide it
- `citing`: the clause and the earlier decisions that it names; `precedents`: where later disputes find it
- `doubting`: the guideline is unclear, with a decision or instead of one
- `appealing`: an annotator asks for another decision; `looking`: a sample is decided twice, blind
- `amending`: what a later decision does to gold; `measuring`: how far adjudicators agree
- `weighing`: the order of the queue; `rules`: what a project says of all this
"""

from annotation.stages.adjudicate.deciding import decide
from annotation.stages.adjudicate.room import BEFORE_SIGHT, check_may_decide, check_may_see, show

__all__ = ["BEFORE_SIGHT", "check_may_decide", "check_may_see", "decide", "show"]
