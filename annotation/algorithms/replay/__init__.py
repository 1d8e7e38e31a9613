"""What a way of asking would have cost: labels that were given are asked for again, one after the other.

`board` keeps what has been revealed from what has not, `policy` says what a policy is, `simple` and `adaptive` are
policies, `scores` compares what a run ended with with what is known, and `report` puts it all together.
"""
