"""What `docs/webhooks.md` tells receivers to do works."""

import re
import textwrap
import time
from pathlib import Path
from typing import Any

from annotation.stages.webhooks.sending import signature

GUIDE = Path(__file__).resolve().parents[4] / "docs" / "webhooks.md"


def test_the_guide_s_check_of_a_signature_works() -> None:
    code = re.search(r"\n\n((?:    .*\n|\n)+)", GUIDE.read_text())
    assert code
    made: dict[str, Any] = {}
    exec(textwrap.dedent(code[1]), made)
    is_genuine, now = made["is_genuine"], int(time.time())
    assert is_genuine("secret", signature("secret", b"{}", now), b"{}")
    assert not is_genuine("secret", signature("secret", b"{}", now), b"{} ")
    assert not is_genuine("other", signature("secret", b"{}", now), b"{}")
    assert not is_genuine("secret", signature("secret", b"{}", now - 600), b"{}")
