"""The frozen types that flow through the pipeline, and the glossary.

Positions are characters (code points), 0-based, half-open, unless a name says otherwise; lines and columns are 1-based.

Glossary: 发文字号 document_number · 索引号 index_number · 成文日期 date_written · 发布日期 date_published ·
发布机构 publisher · 主题分类 subject_category · 体裁分类 genre_category · 文种 genre · 主送机关 recipients ·
署名 signature.issuers · 落款日期 signature.date · 附件 attachments · 附注 notes · 抄送 cc · 其余文字 remainder ·
专栏 box · 建议/提案 proposal · 届次 assembly · 审签人 approved_by
"""

from typing import Literal, NamedTuple, NewType

RuleCode = NewType("RuleCode", str)
"""A code of the rule table, such as ``CHR009``; a composed edit may carry several, joined by ``+``."""

CleanText = NewType("CleanText", str)
"""Text that went through every stage of the pipeline: UTF-8 text with LF, one paragraph a line."""

Severity = Literal["error", "warning", "info"]
Safety = Literal["safe", "unsafe"]
Newline = Literal["none", "lf", "crlf", "cr", "mixed"]
Verdict = Literal["ok", "damaged", "mixed", "foreign", "ambiguous", "binary", "lossy", "nul"]
Script = Literal["auto", "keep", "simplified"]


class Span(NamedTuple):
    """A half-open range of characters."""

    start: int
    end: int


class Location(NamedTuple):
    """A place for people: 1-based line, 1-based column in code points."""

    line: int
    column: int


class Edit(NamedTuple):
    """Replace ``text[start:end]`` of a stage's input by ``replacement``, because of ``rule``.

    An edit may cover a whole line or run in which only some characters change (see ``patch.refine``).
    ``safe`` edits are made by default, the others only when asked.
    """

    start: int
    end: int
    replacement: str
    rule: RuleCode
    safe: bool = True


Patch = tuple[Edit, ...]
"""Edits of one text, sorted by start, not overlapping."""


class Fix(NamedTuple):
    """What would mend a finding: edits of the text that the finding points into."""

    safety: Safety
    edits: Patch


class Finding(NamedTuple):
    """Something to tell the reader about ``span`` of a text.

    The producer's text is meant: a rule module's spans point into the clean text, and the pipeline maps them to the
    decoded file. ``pointer`` is the JSON pointer of a schema finding.
    """

    rule: RuleCode
    severity: Severity
    message: str
    span: Span
    pointer: str | None = None
    fix: Fix | None = None


class Damage(NamedTuple):
    """Broken bytes of a file: where they stand and what they are.

    ``offset`` counts bytes from the start of the file, 0-based; ``location`` counts characters of the decoded text.
    """

    offset: int
    raw: bytes
    location: Location


class Evidence(NamedTuple):
    """How well one encoding explains the bytes: the lower the cost (in nats), the better."""

    encoding: str
    cost: float
    errors: int


class Part(NamedTuple):
    """A run of lines of a mixed file, 1-based and inclusive, and the encoding that they are in."""

    encoding: str
    first_line: int
    last_line: int


class FileLink(NamedTuple):
    """A link of a page to a file: its text and its address as they stand in the page."""

    text: str
    address: str


class Page(NamedTuple):
    """A saved page, read: the document's text in lines, and what the page says beside it.

    ``lines`` gives for each line of ``text`` the line (1-based) of the page's source where it starts. ``place`` tells how the
    document was found: the name of a known container, ``around`` (the smallest element that holds it) or ``page`` (all of it
    was kept). ``metadata`` holds fields that the page states outside the document (``date_published``), ``source`` facts about
    the page (``site``, ``url``, ``column``), ``pictures`` the addresses of the pictures in the document.
    """

    text: str
    lines: tuple[int, ...]
    place: str
    metadata: tuple[tuple[str, str], ...] = ()
    source: tuple[tuple[str, str], ...] = ()
    files: tuple[FileLink, ...] = ()
    pictures: tuple[str, ...] = ()


class Decoded(NamedTuple):
    """A file's bytes as text, with how that was found out.

    ``text`` has no byte order mark at its start; ``encoding`` is a canonical name (utf-8, gb18030, big5hkscs, utf-16-le,
    utf-16-be, hz …) or None when the bytes were refused, and then ``text`` is empty. ``message`` says in words what is
    wrong with a file whose verdict is not ``ok``.
    """

    text: str
    encoding: str | None
    bom: bool
    newline: Newline
    verdict: Verdict
    damage: tuple[Damage, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    message: str = ""
    parts: tuple[Part, ...] = ()
    """Of a ``mixed`` file: which lines are in which encoding; ``text`` has each line decoded in its own."""
    page: Page | None = None
    """Of a saved page: how it was read; ``text`` is then the text of the page, and not its markup."""


class Settings(NamedTuple):
    """Everything that decides about the treatment of one document. Built by ``config`` from file and command line."""

    document_type: str | None = None
    encoding: str | None = None
    script: Script = "auto"
    protected_terms: tuple[str, ...] = ()
    taiwan_vocabulary: bool = False
    select: tuple[str, ...] = ()
    """Prefixes of rule codes; empty means every rule that is on by default."""
    ignore: tuple[str, ...] = ()
    """Prefixes of rule codes, or ``SCH001:/pointer``."""
    unsafe: bool = False
    allow_lossy: bool = False
    chrome_packs: tuple[str, ...] = ()
    """Absolute paths of the user's own chrome packs."""
    schema_dirs: tuple[str, ...] = ()
    """Absolute paths of folders with the user's own document types."""
    markdown: bool = False
    """The text is Markdown: its syntax stays as it is."""


class NormtoolError(Exception):
    """A fault of the set-up, not of a document: message names the file, the place and the remedy. Exit status 2."""
