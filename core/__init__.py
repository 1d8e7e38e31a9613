"""What everybody stands on: people, organisations, roles, audit, jobs, refusals. Imports no other app."""
