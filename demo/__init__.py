"""The living example: people, projects and texts written for Assay, and experts who can be simulated.

Everything here but `seed.py` is plain data or a pure function: no Django, no database. `seed.py` carries it
through the same stages that people use. Every name, organisation and text is invented.
"""
