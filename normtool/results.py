"""What is known of one file after the work on it: frozen, small, and cheap to send from one process to another.

A result holds no document: places are already lines and columns of the decoded file, 1-based, in code points.
"""

from typing import Any, NamedTuple

from normtool.model import Location, RuleCode, Safety, Severity

SHOWN_PLACES = 9
"""Places of a folded finding that a report names one by one: the first, and eight further ones."""
SHOWN_CHANGES = 3
"""Different changes of one rule that a report shows where it folds them."""


class Excerpt(NamedTuple):
    """The part of a source line around a place; ``start`` and ``end`` count characters of ``text``."""

    text: str
    start: int
    end: int


class Change(NamedTuple):
    """Replace what stands from ``location`` to ``end_location`` (exclusive) by ``content``."""

    location: Location
    end_location: Location
    content: str


class Mend(NamedTuple):
    """A finding's fix; ``made`` tells whether normalize makes it with the settings at hand."""

    safety: Safety
    changes: tuple[Change, ...]
    made: bool


class Problem(NamedTuple):
    """A finding as the reports print it; ``pointer`` is the JSON pointer of a schema finding.

    ``on_page`` tells that it is about the text of a saved page: its places are whole lines of the page's source, and its fix has no
    changes, as the page stays as it is.
    """

    code: str
    name: str
    severity: Severity
    message: str
    filename: str
    location: Location
    end_location: Location
    excerpt: Excerpt
    mend: Mend | None = None
    pointer: str | None = None
    on_page: bool = False

    @property
    def last_line(self) -> int:
        """The line of the last character, or, of an empty place, its own.

        What ends at the start of a line ends with the line above: behind the last line of a file there is none.
        """
        first, end = self.location, self.end_location
        return end.line - 1 if end.column == 1 and end.line > first.line else end.line


class Trouble(NamedTuple):
    """Why a file, or a whole ``folder``, could not be worked on; not the document's fault (exit status 2).

    ``trace`` is set for internal errors.
    """

    filename: str
    message: str
    trace: str = ""
    folder: bool = False


class Checked(NamedTuple):
    """A checked file: ``changes`` tells whether normalize would give other bytes; ``note`` says why nothing was checked.

    ``more`` counts by rule the mended findings beyond ``problems``, where only what a folding report shows was asked for.
    ``strict`` tells that warnings fail, by the configuration of the file's folder or the command line.
    """

    filename: str
    problems: tuple[Problem, ...] = ()
    changes: bool = False
    note: str = ""
    more: tuple[tuple[RuleCode, int], ...] = ()
    strict: bool = False


class Cleaned(NamedTuple):
    """A normalized file.

    ``text`` is set where it is to be printed, ``diff`` where a diff was asked for. ``refused`` says where the bytes are
    damaged and that nothing was written; ``note`` is a remark that does not fail. ``pictures`` tells that the document is a page of
    pictures, so that its text is empty.
    """

    filename: str
    changes: bool = False
    written: bool = False
    text: bytes = b""
    diff: str = ""
    refused: str = ""
    note: str = ""
    pictures: bool = False


class Parsed(NamedTuple):
    """A parsed file: the JSON document, or why there is none.

    ``refused`` is the document's fault; ``note`` tells that the file is none: it is empty, or has no hanzi.
    """

    filename: str
    document: dict[str, Any] | None
    refused: str = ""
    note: str = ""


class Detected(NamedTuple):
    """What ``normtool detect`` says of a file, as a JSON object."""

    filename: str
    facts: dict[str, Any]


class Part(NamedTuple):
    """What a report prints of one file, and the codes of the rules that it is about, in their order."""

    text: str
    codes: tuple[str, ...]


def fails(problem: Problem, checked: Checked) -> bool:
    """Tell whether a finding of a file lets the check fail: an error, what normalize would change, and, where strict, a warning."""
    return (
        problem.severity == "error"
        or (checked.strict and problem.severity == "warning")
        or (checked.changes and problem.mend is not None and problem.mend.made)
    )


def shown(filename: str) -> str:
    """Give a file's name for people: a control in it, on which a terminal would act, or a line break, as its escape."""
    if filename.isprintable():
        return filename
    return "".join(c.encode("unicode_escape").decode() if c < " " or "\x7f" <= c < "\xa0" else c for c in filename)
