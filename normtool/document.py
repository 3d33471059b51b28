"""The structured document: a tree in which every node keeps its place in the clean text.

Attribute names are the keys of the JSON document (``structure.to_json``), so that a JSON pointer can be followed through the
tree (``place_of``). ``None`` means: the document does not have it. A metadata field whose label stands there without a value is
a ``Field`` with an empty ``text``. Spans count characters of the clean text.

Named tuples, not dataclasses: their classes are made in a quarter of the time, and that is part of every start. For the same
reason annotations are no strings here: each would be compiled.
"""

from typing import Literal, NamedTuple

from normtool.grammar.dates import Date
from normtool.grammar.document_number import DocumentNumber
from normtool.grammar.numbering import Style
from normtool.model import Span

BlockType = Literal["paragraph", "table"]
AttachmentKind = Literal["listed", "enclosed"]


class Text(NamedTuple):
    """A piece of the document as it is written."""

    text: str
    span: Span


class Day(NamedTuple):
    """A date as it is written, with what the grammar read in it."""

    text: str
    span: Span
    date: Date


class Number(NamedTuple):
    """A document number (发文字号) as it is written, with what the grammar read in it."""

    text: str
    span: Span
    number: DocumentNumber


class Field(NamedTuple):
    """A line of the metadata table. ``name`` is None for a label nobody knows; ``text`` is empty when the value is blank."""

    name: str | None
    label: str
    text: str
    span: Span
    value_span: Span


class Metadata(NamedTuple):
    """The portal's metadata table (公开目录). The first field of a name counts; later ones with another value are conflicts."""

    fields: tuple[Field, ...]
    span: Span


class Header(NamedTuple):
    """What stands above or under the title (版头, GB/T 9704-2012 7.2)."""

    span: Span
    document_number: Number | None = None
    copy_number: Text | None = None
    security_classification: Text | None = None
    security_period: Text | None = None
    urgency: Text | None = None
    letterhead: Text | None = None
    signatories: tuple[Text, ...] = ()


class Block(NamedTuple):
    """A paragraph of running text, or a line of a table."""

    type: BlockType
    text: str
    span: Span


class Section(NamedTuple):
    """A labelled piece of the body and everything under it.

    ``heading`` is None for an article or a bare label; of a run-in heading it is the first sentence without its 。, and the rest
    of the line is the first block. ``span`` covers the whole section, ``label_span`` its label.
    """

    level: int
    style: Style
    label: str
    number: int
    heading: Text | None
    blocks: tuple[Block, ...]
    sections: tuple["Section", ...]
    label_span: Span
    span: Span


class Body(NamedTuple):
    """The text between addressee and sign-off, and the enclosed documents behind it.

    ``sections`` holds the sections of the whole file in their order; an attachment says which of them are its own.
    """

    span: Span
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    closing: Text | None = None


class Attachment(NamedTuple):
    """Something that is attached: listed after 附件：, enclosed behind the sign-off, or both.

    ``sections`` are places in ``body.sections`` (0-based); ``blocks`` are the paragraphs before the first of them.
    """

    span: Span
    kind: AttachmentKind
    number: int | None
    title: Text | None
    blocks: tuple[Block, ...] = ()
    sections: tuple[int, ...] = ()


class Signature(NamedTuple):
    """Who signs and when (发文机关署名, 成文日期; GB/T 9704-2012 7.3.5). ``signer`` is an official who signs in person.

    ``co_signers`` are the others who do, in their order, where the heads of several organs sign (joint orders).
    """

    span: Span
    issuers: tuple[Text, ...] = ()
    date: Day | None = None
    signer: Text | None = None
    co_signers: tuple[Text, ...] = ()


class Assembly(NamedTuple):
    """A session of a people's congress or of the consultative conference (届次), with the organ's name as it is written."""

    span: Span
    name: str
    term: int | None
    session: int | None


class Proposal(NamedTuple):
    """What a reply says of the suggestion (建议) or proposal (提案) that it answers.

    ``numbers`` and ``assemblies`` are all mentions, title first; the JSON document has the first of each.
    """

    span: Span
    kind: Literal["npc-suggestion", "cppcc-proposal"]
    numbers: tuple[Text, ...] = ()
    assemblies: tuple[Assembly, ...] = ()
    title: Text | None = None
    proposers: tuple[Text, ...] = ()
    role: Text | None = None
    co_handlers: tuple[Text, ...] = ()
    result_class: Text | None = None
    disclosure: Text | None = None
    approved_by: Text | None = None

    @property
    def number(self) -> Text | None:
        """The number of the proposal, from the title where it has one."""
        return self.numbers[0] if self.numbers else None

    @property
    def assembly(self) -> Assembly | None:
        """The session, from the title where it names one."""
        return self.assemblies[0] if self.assemblies else None


class Period(NamedTuple):
    """The years that a plan covers, both included."""

    span: Span
    start_year: int
    end_year: int


class Plan(NamedTuple):
    """What the title of a plan says: its kind (规划 …), the place, the years."""

    span: Span
    kind: str
    region: str | None = None
    period: Period | None = None


class Imprint(NamedTuple):
    """What stands at the end (版记, GB/T 9704-2012 7.4)."""

    span: Span
    cc: tuple[Text, ...] = ()
    printed_by: Text | None = None
    date_printed: Day | None = None


class Document(NamedTuple):
    """One official document. ``recognized`` is False when no type was found and ``generic`` stands for any document."""

    span: Span
    document_type: str
    recognized: bool
    genre: str | None
    title: Text | None
    metadata: Metadata | None
    header: Header | None
    recipients: tuple[Text, ...]
    proposal: Proposal | None
    plan: Plan | None
    body: Body
    attachments: tuple[Attachment, ...]
    signature: Signature | None
    notes: tuple[Text, ...]
    imprint: Imprint | None
    remainder: tuple[Block, ...] = ()
    """Lines behind the sign-off that are none of these parts: what a portal left below the document."""


def place_of(document: Document, pointer: str) -> Span:
    """Give the span of what a JSON pointer (RFC 6901) into ``to_json(document)`` means.

    A pointer to something that is missing gives the nearest parent that is there; the root and a missing top-level part give
    the empty span at the start of the document.
    """
    node: object = document
    span = Span(0, 0)
    for raw in pointer.split("/")[1:]:
        node = _step(node, raw.replace("~1", "/").replace("~0", "~"))
        if node is None:
            break
        span = _span_of(node, span)
    return span


def _step(node: object, key: str) -> object:
    if isinstance(node, Metadata):
        return next((field for field in node.fields if field.name == key), None)
    if isinstance(node, tuple) and not hasattr(node, "_fields"):
        return node[int(key)] if key.isdecimal() and int(key) < len(node) else None
    return getattr(node, key, None) if hasattr(node, "_fields") else None


def _span_of(node: object, parent: Span) -> Span:
    if isinstance(node, Field):
        return node.value_span if node.text else node.span
    span = getattr(node, "span", None)
    if isinstance(span, Span):
        return span
    places = (
        [place for item in node if isinstance(place := getattr(item, "span", None), Span)] if isinstance(node, tuple) else []
    )
    return Span(places[0].start, places[-1].end) if places else parent
