"""As a program: the SHA-256 of what each format makes of each schema that it fits, a line each."""

from hashlib import sha256

from annotation.formats.release.registry import FORMATS
from tests.annotation.formats.release.fitting import fitting
from tests.annotation.formats.release.scenes import written


def main() -> None:
    """Print them."""
    for key, format_ in FORMATS.items():
        for one in fitting(format_):
            content, _ = written(format_, one.view, [*one.plain, *one.full])
            print(key, sha256(content).hexdigest())


if __name__ == "__main__":
    main()
