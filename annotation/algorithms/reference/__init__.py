"""Worked examples of agreement measures, read from a file and compared with what the measures here answer.

`python -m annotation.algorithms.reference FILE [--data DIR]` reads the list `agreement` of a JSON file (or a bare list)
of `{id, metric, layout, data, params, expected, tolerance, source}`, prints each failure and `N passed, M failed`.
"""
