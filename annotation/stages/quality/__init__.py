"""Look at a batch's texts after they are stored and before they are opened: figures and flags, never rejections.

Web processes import `asking` only; the others need numpy.
"""
