"""Webhooks: who is told (`editing`), and the job that tells them (`sending`). Owed is it in `models.announcing`."""
