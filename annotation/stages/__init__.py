"""What happens: one arrow a file, the only transactions.

Stages never import each other; `pipeline.py` knows the order.
"""
