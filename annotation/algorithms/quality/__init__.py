"""What can be said of texts at the door: pure steps over a chunk of texts, each with figures that add up.

Nothing here changes a text, and nothing rejects one: every finding is a flag for people. Numpy: workers only.
"""
