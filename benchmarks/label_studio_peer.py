"""Run in Label Studio's own environment: make its tables and so many accounts of one organisation; print their keys.

DJANGO_DB and the rest of Label Studio's variables say where. The last line printed is `KEYS=…,…`.
"""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any


def main(count: int) -> None:
    """Label Studio's modules are found beside its package, as its own `manage.py` finds them."""
    sys.path.insert(0, str(Path(str(import_module("label_studio").__file__)).parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings.label_studio")
    import_module("django").setup()
    import_module("django.core.management").call_command("migrate", verbosity=0)
    people = import_module("users.models").User.objects
    tokens = import_module("rest_framework.authtoken.models").Token.objects
    houses = import_module("organizations.models").Organization
    house: Any = None
    keys = []
    for number in range(count):
        user = people.create_user(email=f"p{number}@bench.example", password=f"bench-bench-{number}")
        if house is None:
            house = houses.create_organization(created_by=user, title="Bench")
        else:
            house.add_user(user)
        user.active_organization = house
        user.save()
        keys.append(tokens.get_or_create(user=user)[0].key)
    rules = house.jwt  # its keys that never end are off unless asked for
    rules.legacy_api_tokens_enabled = True
    rules.save()
    print(f"KEYS={','.join(keys)}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
