"""Carry projects in from a running Label Studio or its files, and out again; what cannot come along is listed.

Each page is one transaction, remembered in `StudioTwin`: what was carried and has not changed is not carried again.
"""
