"""Write what is generated in docs, or with --check say what is stale (exit 1).

The pages of docs/reference come from the declarations. In the pages of CONSOLE every line `$ …`
of a console block is run again, in an empty folder, and its output written below it. The text
block of the README is cut out of a tour.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bankcore.commands.reference import pages

DOCS = Path(__file__).parent
CONSOLE = ("start.md", "ask.md")
README = DOCS.parent / "README.md"
SHOWN = ("Accrued interest, derived and not stored", "Where one figure comes from")
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def main() -> int:
    """Write or check every page."""
    checking = "--check" in sys.argv
    wanted = {DOCS / "reference" / name: text for name, text in pages().items()}
    wanted |= {DOCS / name: played((DOCS / name).read_text("utf-8")) for name in CONSOLE}
    wanted[README] = toured(README.read_text("utf-8"))
    stale = [p for p, text in wanted.items() if not p.exists() or p.read_text("utf-8") != text]
    for path in stale:
        sys.stdout.write(f"{'stale' if checking else 'written'}: {path.relative_to(DOCS.parent)}\n")
        if not checking:
            path.write_text(wanted[path], "utf-8")
    return 1 if stale and checking else 0


def toured(page: str) -> str:
    """The page with sections of a tour in its text block."""
    with tempfile.TemporaryDirectory() as folder:
        sections = _output("bankcore tour bank.db", folder).split("\n\n")
    shown = [part for part in sections if part.startswith(SHOWN)]
    block = "\n\n".join(shown)
    return re.sub(r"```text\n.*?```", lambda _: f"```text\n{block}\n```", page, flags=re.DOTALL)


def played(page: str) -> str:
    """The page with the output of its console blocks as it comes out now."""
    with tempfile.TemporaryDirectory() as folder:
        return BLOCK.sub(lambda block: f"```console\n{_block(block.group(1), folder)}```", page)


def _block(text: str, folder: str) -> str:
    lines = [line for line in text.splitlines() if line.startswith("$ ")]
    return "".join(f"{line}\n{_output(line.removeprefix('$ '), folder)}" for line in lines)


def _output(command: str, folder: str) -> str:
    """What a reader in a plain English terminal sees: output, then what is said of a failure."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env={"PATH": path, "LC_ALL": "C.UTF-8", "HOME": folder},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr, f"{command}: {done.stderr}"
    return done.stdout + done.stderr


if __name__ == "__main__":
    sys.exit(main())
