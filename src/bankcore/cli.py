"""The command line: one line in, one honest exit code out.

Each kind of failure has its exit code: 0 done, 1 refused by the bank or a check failed, 2 bad
input, 5 altered or damaged log, 6 busy.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Final

import click

from bankcore import __version__
from bankcore.commands.registry import LazyGroup

DONE: Final = 0
STOPPED: Final = 1


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="bankcore")
def cli() -> None:
    """An event-sourced core bank that replays, explains, trains and is attacked.

    Example: bankcore tour
    """


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with the honest exit code."""
    sys.exit(run(sys.argv[1:] if args is None else args))


def run(args: Sequence[str]) -> int:
    """Run one command line and give back its exit code: 0, 1, 2, 5 or 6.

    A command answers its own code (1 for a check that failed) by returning it.
    """
    try:
        result = cli.main(args=list(args), prog_name="bankcore", standalone_mode=False)
    except BrokenPipeError:
        # The reader went away (`| head`): nothing is wrong, and the flush at exit must not say so.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (click.Abort, KeyboardInterrupt):
        click.echo("bankcore: stopped; nothing half-written.", err=True)
        return STOPPED
    except _expected() as error:
        from bankcore.commands.failures import report  # noqa: PLC0415  # only a failure pays for it

        return report(error, args)
    return result if isinstance(result, int) else DONE


def _expected() -> tuple[type[Exception], ...]:
    """The kinds of failure that have a sentence; anything else is a bug and shows its traceback."""
    from bankcore.commands.failures import EXPECTED  # noqa: PLC0415  # only a failure pays for it

    return EXPECTED


if __name__ == "__main__":
    main()
