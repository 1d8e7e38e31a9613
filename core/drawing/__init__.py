"""Strangers' PDFs and pictures, read in a process that has limits, no settings and no secrets, and that may die."""
