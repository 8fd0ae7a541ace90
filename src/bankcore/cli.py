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
COMPLETION: Final = "_BANKCORE_COMPLETE"


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
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit) as left:
        return _reader_gone(left)
    except (click.Abort, KeyboardInterrupt):
        click.echo("bankcore: stopped; nothing half-written.", err=True)
        return STOPPED
    except _expected() as error:
        from bankcore.commands.failures import report  # noqa: PLC0415  # only a failure pays for it

        return report(error, args)
    return result if isinstance(result, int) else DONE


def _reader_gone(left: BrokenPipeError | SystemExit) -> int:
    """The reader of a pipe went away (`| head`): nothing is wrong, and nothing more is said.

    Click makes an exit of a broken pipe. The only other exit it makes is that of a completion.
    """
    if isinstance(left, SystemExit) and COMPLETION in os.environ:
        raise left
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _expected() -> tuple[type[Exception], ...]:
    """The kinds of failure that have a sentence; anything else is a bug and shows its traceback."""
    from bankcore.commands.failures import EXPECTED  # noqa: PLC0415  # only a failure pays for it

    return EXPECTED


if __name__ == "__main__":
    main()
