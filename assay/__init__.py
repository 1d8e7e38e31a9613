"""Verify a release of Assay without a server: files, Merkle root, signature and gate. Needs `cryptography` alone."""

__version__ = "1.0.0"
