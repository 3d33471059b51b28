"""The rule table: every rule's code, name, severity, fix, basis and one-line summary.

The page of a rule is ``data/rules/CODE.md``. Codes are never reused. A rule whose basis is only 惯例 (practice) is never an
error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from normtool.model import Finding, Fix, RuleCode, Severity, Span

RuleFix = Literal["safe", "unsafe", "some", "none"]
"""``some``: safe in the plain cases and unsafe in the others; the rule's page says which."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table; ``basis`` names the regulation or standard, ``default`` is False for rules to be asked for."""

    code: RuleCode
    name: str
    severity: Severity
    fix: RuleFix
    basis: str
    summary: str
    default: bool = True


_ROWS: tuple[tuple[str, str, Severity, RuleFix, str, str], ...] = (
    # bytes (ENC)
    # script (SCR)
    ("SCR001", "traditional-text", "warning", "safe", "条例 11", "Traditional document or paragraph"),
    ("SCR002", "mixed-script", "warning", "none", "条例 11", "Traditional characters inside a Simplified document"),
    ("SCR003", "pinyin-gloss", "warning", "some", "惯例", "pinyin put behind characters by a copying site"),
    ("SCR004", "corner-quotes", "warning", "some", "GB/T 15834", "corner quotes in Simplified text"),
    # what the page added (CHR)
    ("CHR001", "breadcrumb", "warning", "safe", "惯例", "portal's breadcrumb line"),
    ("CHR002", "dateline", "warning", "safe", "惯例", "portal's line of date, source and views that repeats the metadata"),
    ("CHR003", "toolbar", "warning", "safe", "惯例", "bar for font size, print, close, save or share"),
    ("CHR004", "qr-prompt", "warning", "safe", "惯例", "prompt to scan the page's QR code"),
    ("CHR005", "navigation", "warning", "safe", "惯例", "menu, accessibility or language switch, login"),
    ("CHR006", "footer", "warning", "safe", "惯例", "copyright, registration numbers, sponsors, site map"),
    ("CHR007", "related-links", "warning", "safe", "惯例", "links to other documents or to the file of this one"),
    ("CHR008", "download-box", "warning", "safe", "惯例", "header or footer box of a document-sharing site"),
    ("CHR009", "page-counter", "warning", "safe", "惯例", "page counter inserted every fixed number of characters"),
    ("CHR010", "page-furniture", "warning", "safe", "惯例", "page number or running head"),
    ("CHR011", "contents-lines", "warning", "safe", "惯例", "table of contents with dot leaders that repeats the headings"),
    ("CHR012", "markup-residue", "warning", "safe", "惯例", "comment, script or tag left in the text"),
    ("CHR013", "escape-residue", "warning", "safe", "惯例", "escape such as `&nbsp;` left in the text"),
    ("CHR014", "crawler-front-matter", "warning", "safe", "惯例", "lines that a crawler or database wrote above the text"),
    ("CHR015", "credit-line", "warning", "safe", "惯例", "credit of the page's editor"),
    # the metadata table (HDR)
    ("HDR001", "duplicate-header", "warning", "safe", "惯例", "metadata block printed again with the same values"),
    ("HDR003", "header-layout", "info", "safe", "目录", "metadata not written as one `标签：值` a line"),
    # characters and punctuation (TXT)
    ("TXT001", "halfwidth-punctuation", "warning", "safe", "GB/T 15834", "ASCII punctuation next to hanzi"),
    ("TXT003", "repeated-punctuation", "warning", "unsafe", "GB/T 15834", "punctuation mark written twice or more"),
    ("TXT008", "exotic-space", "warning", "safe", "Unicode", "no-break, en, em or ideographic space"),
    ("TXT004", "radical-codepoint", "warning", "safe", "Unicode", "radical in the place of an ideograph"),
    ("TXT006", "range-dash", "info", "safe", "GB/T 15834", "range of years without its dash —"),
    ("TXT007", "invisible-character", "warning", "safe", "Unicode", "zero-width, bidirectional or control character"),
    ("TXT009", "not-nfc", "warning", "safe", "Unicode", "character not in normal form C"),
    ("TXT010", "hanzi-digit-space", "info", "unsafe", "惯例", "blanks around a number in Chinese text"),
    ("TXT011", "fullwidth-alphanumeric", "warning", "safe", "GB/T 15835", "full-width letter, digit or per cent sign"),
    ("TXT012", "punctuation-variant", "warning", "safe", "Unicode", "small, vertical or half-width form of a mark"),
    ("TXT013", "year-zero", "warning", "safe", "GB/T 15835", "zero of a year in hanzi not written 〇"),
    ("TXT014", "middle-dot", "info", "safe", "GB/T 15834", "bullet or operator in the place of the middle dot"),
    ("TXT015", "ellipsis-dash", "info", "unsafe", "GB/T 15834", "ellipsis or dash in another form"),
    ("TXT016", "straight-quotes", "warning", "unsafe", "GB/T 15834", "straight quotation marks in Chinese text"),
    # lines (LAY)
    ("LAY001", "broken-paragraph", "warning", "some", "GB/T 9704", "sentence or word cut by a line break"),
    ("LAY002", "flattened-document", "warning", "safe", "惯例", "title, headings and paragraphs run together on one line"),
    ("LAY003", "blanks", "warning", "safe", "惯例", "indents, trailing blanks, runs of empty lines"),
    ("LAY004", "line-endings", "warning", "safe", "惯例", "line endings other than LF"),
    ("LAY005", "final-newline", "warning", "safe", "惯例", "final newline missing or more than one"),
    ("LAY006", "broken-title", "warning", "safe", "惯例", "title cut by a blank or over several lines"),
    ("LAY007", "doubled-line", "warning", "safe", "惯例", "heading, title or line printed twice"),
    ("LAY008", "repeated-text", "warning", "safe", "惯例", "whole text, or a long exact run of it, again"),
    # numbering (NUM)
    ("NUM001", "label-format", "warning", "some", "GB/T 9704 7.3.3", "label of a heading with a blank or mark too many"),
    # parts of a document (DOC)
    ("DOC005", "title-filename", "warning", "safe", "惯例", "file name, suffix or page count in the title"),
    ("DOC008", "recipient-colon", "warning", "safe", "GB/T 9704 7.3.2", "addressee without its full-width colon"),
    ("DOC013", "date-format", "warning", "some", "GB/T 9704 7.3.5.4", "date with a zero, a blank or mixed marks"),
    ("DOC016", "docno-brackets", "error", "safe", "GB/T 9704 7.2.5", "year of the document number not in 〔〕"),
    ("DOC017", "docno-di", "error", "unsafe", "GB/T 9704 7.2.5", "第 before the serial number"),
    ("DOC018", "docno-leading-zero", "error", "unsafe", "GB/T 9704 7.2.5", "serial number with a leading zero"),
    ("DOC021", "docno-space", "warning", "safe", "GB/T 9704 7.2.5", "blank inside the document number"),
    ("DOC022", "cited-docno", "warning", "some", "GB/T 9704 7.2.5", "cited document number in another form"),
    # replies to suggestions and proposals (PRO)
    # schema (SCH)
)

RULES: dict[RuleCode, Rule] = {RuleCode(row[0]): Rule(RuleCode(row[0]), *row[1:]) for row in _ROWS}


def finding(code: str, message: str, span: Span, *, severity: Severity | None = None, pointer: str | None = None, fix: Fix | None = None) -> Finding:
    """Make a finding of rule ``code`` with the severity of the table, or with a milder or graver one where the rule has two.

    Raises KeyError for a code that is not in the table.
    """
    rule = RULES[RuleCode(code)]
    return Finding(rule.code, severity or rule.severity, message, span, pointer, fix)


def selected(code: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    """Tell whether rule ``code`` is on: the longest matching prefix of ``select`` and ``ignore`` decides, a draw ignores.

    An empty ``select`` means every rule that is on by default. Entries with a pointer (``SCH001:/x``) do not count here.
    """
    chosen = max((len(p) for p in select if code.startswith(p)), default=-1)
    if not select and RULES[RuleCode(code)].default:
        chosen = 0
    return chosen > max((len(p) for p in ignore if code.startswith(p)), default=-1)
