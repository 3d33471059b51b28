"""Normalizer and validator for Chinese official documents (公文): the public API.

Every function takes a document as bytes, as they stand in a file, or as text, and the settings; none touches the disk, the
network or a stream. Importing this module imports nothing else.
"""

from __future__ import annotations

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

    return pipeline.decode_bytes(data, _settings(settings))


def normalize(document: bytes | str, settings: Settings | None = None) -> str:
    """Give the clean text of a document; normalizing a clean text gives it back.

    Raises ValueError for bytes that no Chinese encoding explains, and for damaged bytes unless ``settings.allow_lossy``.
    """
    from normtool import pipeline

    settings = _settings(settings)
    return pipeline.normalize(_decoded(document, settings).text, settings).text


def parse(document: bytes | str, settings: Settings | None = None) -> dict[str, Any]:
    """Give a document as JSON values, in the form of the schema of its type. Raises ValueError as ``normalize`` does."""
    from normtool import pipeline
    from normtool.structure import to_json

    settings = _settings(settings)
    decoded = _decoded(document, settings)
    clean = pipeline.normalize(decoded.text, settings).text
    return pipeline.with_page(to_json(pipeline.parse(clean, settings)), decoded.page)


def check(document: bytes | str, settings: Settings | None = None) -> tuple[Finding, ...]:
    """Give everything that is to be said about a document, sorted by place; spans point into the decoded text."""
    from normtool import pipeline

    data = document.encode() if isinstance(document, str) else document
    return pipeline.examine(data, _settings(settings)).findings


def _settings(given: Settings | None) -> Settings:
    """Give the settings to work with, every list in them as a tuple; raises TypeError for a text where several are meant."""
    from normtool.model import Settings as Known

    if given is None:
        return Known()
    several: dict[str, Any] = {}
    for name, default in Known._field_defaults.items():
        value = getattr(given, name)
        if isinstance(default, tuple) and isinstance(value, str):
            raise TypeError(f"Settings.{name} takes several texts; write {name}=({value!r},)")
        if isinstance(default, tuple):
            several[name] = tuple(value)
    return given._replace(**several)


def _decoded(document: bytes | str, settings: Settings) -> Decoded:
    """Decode bytes, and read a saved page; raises ValueError where bytes are refused or damaged."""
    if isinstance(document, str):
        from normtool.model import Decoded as Given
        from normtool.pipeline import open_page

        return open_page(Given(document, "utf-8", bom=False, newline="none", verdict="ok"), settings)
    decoded = detect(document, settings)
    if decoded.encoding is None or (decoded.damage and not settings.allow_lossy):
        raise ValueError(decoded.message or f"bytes refused: {decoded.verdict}")
    return decoded


def __getattr__(name: str) -> Any:
    """Give the types of the API when they are first asked for."""
    if name in __all__:
        from normtool import model

        return getattr(model, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
