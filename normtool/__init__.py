"""Normalizer and validator for Chinese official documents (公文): the public API.

Every function takes a document as bytes, as they stand in a file, or as text, and the settings; none touches the caller's files,
the network or a stream. Importing this module imports nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from normtool.model import Decoded, Finding, NormtoolError, Settings

__version__ = "0.1.0"
__all__ = ["Decoded", "Finding", "NormtoolError", "Settings", "check", "detect", "normalize", "parse"]


def detect(data: bytes, settings: Settings | None = None) -> Decoded:
    """Decode the bytes of a file: text, encoding, and the place of every broken byte.

    Never raises for anything that the bytes hold: refused bytes give ``encoding`` None.
    """
    from normtool import pipeline

    if not isinstance(data, bytes | bytearray | memoryview):
        raise TypeError(f"the bytes of a file are wanted, not {type(data).__name__}")
    return pipeline.decode_bytes(bytes(data), _settings(settings))


def normalize(document: bytes | str, settings: Settings | None = None) -> str:
    """Give the clean text of a document; normalizing a clean text gives it back, and one without hanzi is no document and stays.

    Raises ValueError for bytes that no Chinese encoding explains, and for damaged bytes unless ``settings.allow_lossy``.
    """
    from normtool import pipeline

    settings = _settings(settings)
    text = _decoded(document, settings).text
    return pipeline.normalize(text, settings).text if pipeline.has_hanzi(text) else text


def parse(document: bytes | str, settings: Settings | None = None) -> dict[str, Any]:
    """Give a document as JSON values, in the form of the schema of its type. Raises ValueError as ``normalize`` does."""
    from normtool import pipeline

    settings = _settings(settings)
    decoded = _decoded(document, settings)
    normalized = pipeline.normalize(decoded.text, settings)
    return pipeline.as_json(pipeline.parse(normalized.text, settings), normalized, decoded.page)


def check(document: bytes | str, settings: Settings | None = None) -> tuple[Finding, ...]:
    """Give everything that is to be said about a document, sorted by place; spans point into the decoded text.

    Nothing is said of a text without hanzi. Never raises for anything that the bytes hold.
    """
    from normtool import pipeline

    settings = _settings(settings)
    decoded = _opened(document, settings)
    if decoded.verdict == "ok" and decoded.page is None and not pipeline.has_hanzi(decoded.text):
        return ()
    return pipeline.examine_decoded(decoded, settings).findings


def _settings(given: Settings | None) -> Settings:
    """Give the settings to work with, every list in them as a tuple.

    Raises TypeError for a value of another type than its setting has, such as a text where several are meant, and NormtoolError for
    one that means nothing, such as a misspelt code.
    """
    from normtool.model import Settings as Known

    if given is None:
        return Known()
    if not isinstance(given, Known):
        raise TypeError(f"normtool.Settings is wanted, not {type(given).__name__}")
    values = {name: _value(name, getattr(given, name), default) for name, default in Known._field_defaults.items()}
    settings = Known(**values)
    _refuse_nonsense(settings)
    return settings


def _value(name: str, value: object, default: object) -> Any:
    """Give the value of a setting; raises TypeError where it is not of the type that the default is of.

    Text such as ``no``, from a file of settings perhaps, would count as true.
    """
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise TypeError(f"Settings.{name} is True or False, not {value!r}")
        return value
    if not isinstance(default, tuple):
        if not (isinstance(value, str) or value is default):
            raise TypeError(f"Settings.{name} takes a text, not {value!r}")
        return value
    if isinstance(value, str):
        raise TypeError(f"Settings.{name} takes several texts; write {name}=({value!r},)")
    several = tuple(value) if isinstance(value, Iterable) else (value,)
    if not all(isinstance(each, str) for each in several):
        raise TypeError(f"Settings.{name} takes several texts, not {value!r}")
    return several


@lru_cache(maxsize=64)
def _refuse_nonsense(settings: Settings) -> None:
    from normtool.values import refuse_settings

    refuse_settings("Settings", settings)


def _opened(document: bytes | str, settings: Settings) -> Decoded:
    """Decode bytes, take a text as it is, and read a saved page."""
    if not isinstance(document, str):
        return detect(document, settings)
    from normtool.model import Decoded as Given
    from normtool.pipeline import open_page

    return open_page(Given(document, "utf-8", bom=False, newline="none", verdict="ok"), settings)


def _decoded(document: bytes | str, settings: Settings) -> Decoded:
    """Do the same; raises ValueError where bytes are refused or damaged."""
    from normtool.pipeline import is_refused

    decoded = _opened(document, settings)
    if is_refused(decoded, settings):
        raise ValueError(decoded.message or f"bytes refused: {decoded.verdict}")
    return decoded


def __getattr__(name: str) -> Any:
    """Give the types of the API when they are first asked for."""
    if name in __all__:
        from normtool import model

        return getattr(model, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
