"""Calls to the outside on somebody's word: every address passes one guard.

`guard.check` looks at what an address says (web processes may call it), `calling.call` resolves, checks and calls
(workers and commands only: it needs httpx).
"""
