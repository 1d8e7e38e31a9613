"""Which part of a schema is what to a trainer: the prompt, the response, the preference, the steps. Pure readings."""
