"""The rule table: every rule's code, name, severity, fix, basis and one-line summary.

The page of a rule is ``data/rules/CODE.md``. Codes are never reused. A rule whose basis is only 惯例 (practice) is never an
error.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from normtool.model import Finding, Fix, RuleCode, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

RuleFix = Literal["safe", "unsafe", "some", "none"]
"""``some``: safe in the plain cases and unsafe in the others; the rule's page says which."""


class Rule(NamedTuple):
    """One row of the table; ``basis`` names the regulation or standard, ``default`` is False for rules to be asked for."""

    code: RuleCode
    name: str
    severity: Severity
    fix: RuleFix
    basis: str
    summary: str
    default: bool = True


_ROWS: tuple[tuple[str, str, Severity, RuleFix, str, str], ...] = (
    # ENC is about bytes.
    ("ENC001", "undecodable", "error", "none", "标准", "no text: binary, or filled with NULs"),
    ("ENC002", "damaged-bytes", "error", "none", "标准", "broken byte, with line, column, offset and hex"),
    ("ENC003", "mixed-encodings", "error", "none", "标准", "lines in different encodings"),
    ("ENC004", "foreign-encoding", "error", "none", "标准", "not Chinese text, or an encoding that cannot be read"),
    ("ENC005", "ambiguous-encoding", "warning", "none", "标准", "two encodings explain the bytes equally well"),
    ("ENC006", "not-utf8", "warning", "safe", "标准", "GB18030, Big5, UTF-16 or HZ instead of UTF-8"),
    ("ENC007", "byte-order-mark", "warning", "safe", "标准", "byte order mark at the start or inside"),
    ("ENC008", "lossy-text", "error", "none", "标准", "characters lost in an earlier conversion (U+FFFD, 锟斤拷)"),
    ("ENC009", "nul-characters", "warning", "unsafe", "标准", "NULs in the text"),
    # SCR is about script.
    ("SCR001", "traditional-text", "warning", "safe", "条例 11", "Traditional document or paragraph"),
    ("SCR002", "mixed-script", "warning", "none", "条例 11", "Traditional characters inside a Simplified document"),
    ("SCR003", "pinyin-gloss", "warning", "some", "惯例", "pinyin put behind characters by a copying site"),
    ("SCR004", "corner-quotes", "warning", "some", "GB/T 15834", "corner quotes in Simplified text"),
    # CHR is about what the page added.
    ("CHR001", "breadcrumb", "warning", "safe", "惯例", "portal's breadcrumb line"),
    ("CHR002", "dateline", "warning", "safe", "惯例", "portal's line of date, source and views"),
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
    (
        "CHR016",
        "suspected-chrome",
        "info",
        "unsafe",
        "惯例",
        "line that looks like page chrome and was left because it may be text",
    ),
    # HDR is about the metadata table.
    ("HDR001", "duplicate-header", "warning", "safe", "惯例", "metadata block printed again with the same values"),
    ("HDR002", "header-conflict", "error", "none", "目录", "repeated metadata that disagrees"),
    ("HDR003", "header-layout", "info", "safe", "目录", "metadata not written as one `标签：值` a line"),
    ("HDR004", "field-empty", "warning", "none", "目录", "metadata label without a value"),
    ("HDR005", "publisher-abbreviated", "info", "none", "目录", "发布机构 is short for the organ that signs"),
    ("HDR006", "genre-generic", "info", "none", "目录", "体裁分类 that says nothing (公文, 其他)"),
    ("HDR007", "genre-mismatch", "warning", "none", "目录", "体裁分类 against the document"),
    ("HDR008", "index-check-digit", "error", "none", "GB 32100", "check character of the credit code inside 索引号"),
    ("HDR009", "index-format", "info", "none", "目录", "索引号 of no known composition"),
    ("HDR010", "index-year-mismatch", "warning", "none", "目录", "year in 索引号 against the dates"),
    # TXT is about characters and punctuation.
    ("TXT001", "halfwidth-punctuation", "warning", "safe", "GB/T 15834", "ASCII punctuation next to hanzi"),
    ("TXT002", "unpaired-marks", "warning", "none", "GB/T 15834", "quotation mark or bracket without its partner"),
    ("TXT003", "repeated-punctuation", "warning", "unsafe", "GB/T 15834", "punctuation mark written twice or more"),
    ("TXT004", "radical-codepoint", "warning", "safe", "Unicode", "radical in the place of an ideograph"),
    ("TXT005", "private-use", "error", "none", "Unicode", "private-use character or noncharacter"),
    ("TXT006", "range-dash", "info", "safe", "GB/T 15834", "range of years without its dash —"),
    ("TXT007", "invisible-character", "warning", "safe", "Unicode", "zero-width, bidirectional or control character"),
    ("TXT008", "exotic-space", "warning", "safe", "Unicode", "no-break, en, em or ideographic space"),
    ("TXT009", "not-nfc", "warning", "safe", "Unicode", "character not in normal form C"),
    ("TXT010", "hanzi-digit-space", "info", "unsafe", "惯例", "blanks around a number in Chinese text"),
    ("TXT011", "fullwidth-alphanumeric", "warning", "safe", "GB/T 15835", "full-width letter, digit or per cent sign"),
    ("TXT012", "punctuation-variant", "warning", "safe", "Unicode", "small, vertical or half-width form of a mark"),
    ("TXT013", "year-zero", "warning", "safe", "GB/T 15835", "zero of a year in hanzi not written 〇"),
    ("TXT014", "middle-dot", "info", "safe", "GB/T 15834", "bullet or operator in the place of the middle dot"),
    ("TXT015", "ellipsis-dash", "info", "unsafe", "GB/T 15834", "ellipsis or dash in another form"),
    ("TXT016", "straight-quotes", "warning", "unsafe", "GB/T 15834", "straight quotation marks in Chinese text"),
    # LAY is about lines.
    ("LAY001", "broken-paragraph", "warning", "some", "GB/T 9704", "sentence or word cut by a line break"),
    ("LAY002", "flattened-document", "warning", "safe", "惯例", "title, headings and paragraphs run together on one line"),
    ("LAY003", "blanks", "warning", "safe", "惯例", "indents, trailing blanks, runs of empty lines"),
    ("LAY004", "line-endings", "warning", "safe", "惯例", "line endings other than LF"),
    ("LAY005", "final-newline", "warning", "safe", "惯例", "final newline missing or more than one"),
    ("LAY006", "broken-title", "warning", "safe", "惯例", "title cut by a blank or over several lines"),
    ("LAY007", "doubled-line", "warning", "safe", "惯例", "heading, title or line printed twice"),
    ("LAY008", "repeated-text", "warning", "safe", "惯例", "whole text, or a long exact run of it, again"),
    # NUM is about numbering.
    ("NUM001", "label-format", "warning", "some", "GB/T 9704 7.3.3", "label of a heading with a blank or mark too many"),
    ("NUM002", "sequence-gap", "warning", "none", "惯例", "number that does not follow the one before"),
    ("NUM003", "duplicate-number", "warning", "none", "惯例", "same number twice"),
    ("NUM004", "level-skip", "info", "none", "GB/T 9704 7.3.3", "level left out (一、 → 1.)"),
    ("NUM005", "inline-ordinal-gap", "info", "none", "GB/T 15834 B.3.7", "一是 … 三是 in one paragraph"),
    ("NUM006", "box-number-gap", "info", "none", "惯例", "专栏 that does not follow the one before"),
    ("NUM007", "stated-count", "info", "none", "惯例", "以下六个方面 against the items that follow"),
    ("NUM008", "empty-heading", "warning", "none", "惯例", "第一章 without a name among named ones"),
    # DOC is about the parts of a document.
    ("DOC001", "title-missing", "error", "none", "条例 9(7)", "no title"),
    ("DOC002", "title-punctuation", "warning", "safe", "惯例", "mark at the end of the title"),
    ("DOC003", "title-genre-missing", "info", "none", "条例 9(7)", "title without a genre (文种)"),
    ("DOC004", "title-type-mismatch", "error", "none", "条例 8", "title against the type asked for"),
    ("DOC005", "title-filename", "warning", "safe", "惯例", "file name, suffix or page count in the title"),
    ("DOC006", "title-issuer-mismatch", "warning", "none", "条例 9", "organ in the title is not among those who sign"),
    ("DOC007", "recipient-missing", "warning", "none", "条例 9(8)", "reply, notice, opinions or letter without an addressee"),
    ("DOC008", "recipient-colon", "warning", "safe", "GB/T 9704 7.3.2", "addressee without its full-width colon"),
    ("DOC009", "signature-missing", "warning", "none", "条例 9(11)", "no signing organ or no date"),
    ("DOC010", "signature-publisher-mismatch", "warning", "none", "条例 9(13)", "发布机构 is not the organ that signs"),
    ("DOC011", "date-written-mismatch", "warning", "none", "目录", "成文日期 in the metadata against the signed date"),
    ("DOC012", "date-order", "error", "none", "条例 9(12)", "signed after it was published"),
    ("DOC013", "date-format", "warning", "some", "GB/T 9704 7.3.5.4", "date with a zero, a blank or mixed marks"),
    ("DOC014", "date-invalid", "error", "none", "GB/T 7408", "no day of the calendar"),
    (
        "DOC015",
        "attachment-list",
        "warning",
        "some",
        "GB/T 9704 7.3.4",
        "attachments not numbered 1 to n, or with a mark at the end",
    ),
    ("DOC016", "docno-brackets", "error", "safe", "GB/T 9704 7.2.5", "year of the document number not in 〔〕"),
    ("DOC017", "docno-di", "error", "unsafe", "GB/T 9704 7.2.5", "第 before the serial number"),
    ("DOC018", "docno-leading-zero", "error", "unsafe", "GB/T 9704 7.2.5", "serial number with a leading zero"),
    ("DOC019", "docno-year-mismatch", "warning", "none", "惯例", "year of the own number against the signed year"),
    ("DOC020", "docno-sources-differ", "error", "none", "条例 9(5)", "document number in the metadata against the document"),
    ("DOC021", "docno-space", "warning", "safe", "GB/T 9704 7.2.5", "blank inside the document number"),
    ("DOC022", "cited-docno", "warning", "some", "GB/T 9704 7.2.5", "cited document number in another form"),
    ("DOC023", "security-marking", "error", "none", "条例 9(2)", "security marking in a public file"),
    ("DOC024", "publication-lag", "info", "none", "政府信息公开条例 26", "published more than 20 working days after signing"),
    ("DOC025", "plan-period-mismatch", "warning", "none", "惯例", "十四五 against the years in the title"),
    ("DOC026", "pictures", "info", "none", "惯例", "pictures in the document of a saved page"),
    # PRO is about replies to suggestions and proposals.
    ("PRO001", "number-mismatch", "error", "none", "办理规定", "number in the title against the text"),
    ("PRO002", "role-mismatch", "warning", "none", "惯例", "代表 and 建议 (人大), 委员 and 提案 (政协) mixed up"),
    ("PRO003", "assembly-mismatch", "warning", "none", "惯例", "届 or 次 in the title against the text"),
    ("PRO004", "receipt-phrase", "info", "none", "惯例", "收悉 missing"),
    ("PRO005", "reply-phrase", "info", "none", "惯例", "答复如下 or 复函如下 missing"),
    ("PRO006", "closing", "info", "none", "惯例", "request for comments or thanks missing"),
    ("PRO007", "result-class", "warning", "none", "办理规定", "result class none of A to D or 甲乙丙"),
    ("PRO008", "contact-exposed", "warning", "none", "国办发〔2014〕46号", "telephone number of a deputy or member"),
    # SCH is about schemas.
    ("SCH001", "schema-violation", "error", "none", "schema", "the document violates the schema of its type"),
    ("SCH002", "unknown-type", "warning", "none", "惯例", "no document type recognised"),
)

_TO_BE_ASKED_FOR = frozenset({"DOC024"})

RULES: dict[RuleCode, Rule] = {
    RuleCode(row[0]): Rule(RuleCode(row[0]), *row[1:], default=row[0] not in _TO_BE_ASKED_FOR) for row in _ROWS
}


def enumerated(words: Iterable[str], most: int = 10, gap: str = ", ") -> str:
    """Write a list for a message, of a long one the beginning: ``1, 3, 4 and 90 more``."""
    known = list(words)
    more = f" and {len(known) - most} more" if len(known) > most else ""
    return f"{gap.join(known[:most])}{more}"


def finding(
    code: str, message: str, span: Span, *, severity: Severity | None = None, pointer: str | None = None, fix: Fix | None = None
) -> Finding:
    """Make a finding of rule ``code`` with the severity of the table, or with a milder or graver one where the rule has two.

    Raises KeyError for a code that is not in the table.
    """
    rule = RULES[RuleCode(code)]
    return Finding(rule.code, severity or rule.severity, message, span, pointer, fix)


@lru_cache(maxsize=1024)
def selected(code: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    """Tell whether rule ``code`` is on: the longest matching prefix of ``select`` and ``ignore`` decides, a draw ignores.

    An empty ``select`` means every rule that is on by default. Entries with a pointer (``SCH001:/x``) do not count here.
    """
    chosen = max((len(p) for p in select if code.startswith(p)), default=-1)
    if not select and RULES[RuleCode(code)].default:
        chosen = 0
    return chosen > max((len(p) for p in ignore if code.startswith(p)), default=-1)
