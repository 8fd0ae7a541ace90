"""Writing exports (写出): all or nothing, never over what is there.

A file or folder is written beside its place under the name `….part` and moved there when it is
whole; what failed leaves nothing behind.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bankcore.values.errors import BadInput


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A path to write to, moved to the target at the end; a target that exists is refused."""
    if target.exists():
        raise BadInput("it exists already", place=str(target), remedy="name a new file or folder")
    part = target.with_name(target.name + ".part")
    _remove(part)  # what a killed export left
    try:
        yield part
        part.rename(target)
    except OSError as no:
        problem = f"it cannot be written ({(no.strerror or str(no)).lower()})"
        raise BadInput(problem, place=str(target), remedy="name a place to write to") from None
    finally:
        _remove(part)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def write_text(path: Path, parts: Iterable[str]) -> None:
    """Write UTF-8 text as it is, without changing line ends."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(parts)


def write_new(target: Path, parts: Iterable[str]) -> list[Path]:
    """Write one new file, all or nothing; the answer is the files written."""
    with replacing(target) as part:
        write_text(part, parts)
    return [target]
