"""Entry point: whatever escapes becomes exit status 2 with one line that says why, or 130 on ^C; SIGTERM ends the process by itself."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

_SELDOM = 100_000
"""New objects between two searches for garbage.

What a start makes lives to its end, and looking through it costs a tenth of the start.
"""

_TERMINATED = 143
"""The status of ``ending``, which is imported only where it is needed."""


def command() -> NoReturn:
    """Run the command line of the process and leave it with its exit status.

    The interpreter is not taken down object by object, which for one file costs another tenth: all that was written is flushed,
    and no thread or process is left (mypy ends so as well). Where something else has started or watches the process, it ends in
    the usual way.
    """
    status = main()
    if status == _TERMINATED:
        from normtool.cli.streams import flushed
        from normtool.ending import die

        flushed()
        die()
    if "concurrent.futures" in sys.modules or sys.gettrace() or sys.getprofile():
        sys.exit(status)
    from normtool.cli.streams import flushed

    os._exit(status if flushed() else 2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (by default that of the process) and give its exit status; nothing is raised."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if arguments in (["--version"], ["-V"]):  # scripts ask often, and need not wait for Typer
            from normtool import __version__
            from normtool.cli.streams import emit, finish

            emit(f"normtool {__version__}\n")
            finish()
            return 0
        gc.set_threshold(_SELDOM)
        from normtool.cli.app import run

        return run(arguments)
    except SystemExit as ended:  # Typer's completion scripts end so
        return 2 if ended.code else 0
    except KeyboardInterrupt:
        return 130
    except BaseException as error:  # noqa: BLE001
        return _explain(error, verbose="-v" in arguments or "--verbose" in arguments)


def _explain(error: BaseException, *, verbose: bool) -> int:
    """Say on standard error what ended the run; gives the exit status."""
    from normtool.cli.streams import StreamClosedError, abandon_output, complain
    from normtool.ending import STATUS, TerminatedError
    from normtool.model import NormtoolError

    if isinstance(error, TerminatedError):
        return STATUS
    if isinstance(error, StreamClosedError):  # the reader, such as `head`, has seen enough
        abandon_output()
    elif isinstance(error, NormtoolError):
        complain(str(error))
    else:
        complain(f"internal error: {type(error).__name__}: {error}; please report it with the output of -v")
        if verbose:
            import traceback

            complain("".join(traceback.format_exception(error)).rstrip())
    return 2


if __name__ == "__main__":
    command()
