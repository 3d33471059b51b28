"""Index numbers (索引号): the unified social credit code inside them (GB 32100-2015, GB 11714) and their year.

There is no national composition: 机构代码/年份-顺序号 is common, and other places put region, class and date.
"""

from __future__ import annotations

from normtool.lazyre import lazy

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE = lazy(rf"(?<![0-9A-Z])(?:1[1239]|5[1239]|9[123])[1-9]\d{{5}}[{_ALPHABET}]{{10}}(?![0-9A-Z])")
_YEAR = lazy(r"(?<=[/\-_])((?:19|20)\d\d)(?=[-/_])")
_ORGAN_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGAN_START, _ORGAN_CHECK = 8, 16


def credit_codes(text: str) -> tuple[str, ...]:
    """Give what stands in ``text`` in the form of a unified social credit code: 18 characters, none of I O S V Z."""
    return tuple(_CODE.findall(text))


def check_character(code: str) -> str:
    """Give ``code`` (18 characters of the standard's alphabet) with both check characters as the standards compute them.

    Character 18: ISO 7064 mod 31-3; character 17: GB 11714 mod 11 over characters 9 to 16. A right code comes back as it is.
    Where only one of the two is wrong, only that one differs.
    """
    organ = sum(w * _value(c) for w, c in zip(_ORGAN_WEIGHTS, code[_ORGAN_START:_ORGAN_CHECK], strict=True))
    rest = 11 - organ % 11
    seventeenth = {10: "X", 11: "0"}.get(rest, str(rest))
    total = sum(_ALPHABET.index(c) * pow(3, k, 31) for k, c in enumerate(code[:17]))
    last = _ALPHABET[(31 - total % 31) % 31]
    if last == code[17] and seventeenth != code[_ORGAN_CHECK]:
        return code[:_ORGAN_CHECK] + seventeenth + code[17]
    return code[:17] + last


def index_year(text: str) -> int | None:
    """Give the year of …/2022-00024, or None."""
    match = _YEAR.search(text)
    return int(match[1]) if match else None


def _value(character: str) -> int:
    return int(character, 36)
