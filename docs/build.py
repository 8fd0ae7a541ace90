"""Write the generated pages of docs/reference, or with --check say which are stale (exit 1)."""

from __future__ import annotations

import sys
from pathlib import Path

from bankcore.commands.reference import pages

REFERENCE = Path(__file__).parent / "reference"


def main() -> int:
    """Write or check every page."""
    stale = []
    for name, text in pages().items():
        path = REFERENCE / name
        if not path.exists() or path.read_text("utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, "utf-8")
    if stale:
        sys.stdout.write(f"{'stale' if '--check' in sys.argv else 'written'}: {', '.join(stale)}\n")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
