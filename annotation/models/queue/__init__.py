"""Reading and claiming from the queue, in a bounded number of statements and rows.

`desk` is where an expert stands, `planning` ranks the lanes for them, `claim` takes one item by one conditional
statement in which the rules of `eligibility` are asked again. `models/compiled.py` turns rules into such
statements once.
"""
