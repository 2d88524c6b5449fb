"""Files that are no text, by how they begin; each with its name and the sentence that says what to do."""

from __future__ import annotations

import re
from typing import NamedTuple


class FileKind(NamedTuple):
    """A kind of file: the code of its sentence, and its name, which is the same in both languages."""

    code: str
    name: str


_STARTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind("spreadsheet", ".xls")),
    (b"\x89PNG\r\n\x1a\n", FileKind("picture", "PNG")),
    (b"\xff\xd8\xff", FileKind("picture", "JPEG")),
    (b"GIF87a", FileKind("picture", "GIF")),
    (b"GIF89a", FileKind("picture", "GIF")),
    (b"II*\0", FileKind("picture", "TIFF")),
    (b"MM\0*", FileKind("picture", "TIFF")),
    (b"\x1f\x8b", FileKind("compressed", "gzip")),
    (b"BZh91AY&SY", FileKind("compressed", "bzip2")),
    (b"\xfd7zXZ\0", FileKind("compressed", "xz")),
    (b"7z\xbc\xaf\x27\x1c", FileKind("compressed", "7z")),
    (b"\x28\xb5\x2f\xfd", FileKind("compressed", "zstd")),
    (b"Rar!\x1a\x07", FileKind("compressed", "RAR")),
    (b"%PDF-", FileKind("document", "PDF")),
    (b"{\\rtf", FileKind("document", "RTF")),
    (b"PAR1", FileKind("data_format", "Parquet")),
    (b"ARROW1", FileKind("data_format", "Arrow")),
    (b"FEA1", FileKind("data_format", "Feather")),
    (b"\x89HDF\r\n\x1a\n", FileKind("data_format", "HDF5")),
    (b"\x93NUMPY", FileKind("data_format", "NumPy .npy")),
    (b"SQLite format 3\0", FileKind("data_format", "SQLite")),
    (b"RDX", FileKind("data_format", "RData")),
    (b"<stata_dta>", FileKind("data_format", "Stata .dta")),
)
_INSIDE_ZIP: tuple[tuple[bytes, FileKind], ...] = (
    (b"xl/", FileKind("spreadsheet", ".xlsx")),
    (b"opendocument.spreadsheet", FileKind("spreadsheet", ".ods")),
    (b"Index/Document.iwa", FileKind("spreadsheet", "Numbers")),
    (b"word/", FileKind("document", ".docx")),
    (b"ppt/", FileKind("document", ".pptx")),
    (b".npy", FileKind("data_format", "NumPy .npz")),
)
_SOUNDS_LIKE_A_NAME = (b"PAR1", b"FEA1", b"RDX")
_HTML = re.compile(rb"\s*<(!doctype\s+html|html|\?xml|svg)\b", re.IGNORECASE)


def kind_of(raw: bytes) -> FileKind | None:
    """Which kind of file these bytes are; None if it may be text."""
    for start, kind in _STARTS:
        # The first name of a column may be PAR1; after the one of Parquet come bytes that no text has.
        if raw.startswith(start) and not (start in _SOUNDS_LIKE_A_NAME and _is_plain(raw[:64])):
            return kind
    if raw.startswith(b"PK\x03\x04") or raw.startswith(b"PK\x05\x06"):
        return next((kind for name, kind in _INSIDE_ZIP if name in raw), FileKind("compressed", "zip"))
    if raw.startswith(b"RIFF") and raw[8:12] == b"WEBP":
        return FileKind("picture", "WebP")
    if raw.startswith(b"BM") and b"\0" in raw[2:16]:
        return FileKind("picture", "BMP")
    if _HTML.match(raw[:1024].removeprefix(b"\xef\xbb\xbf")):
        return FileKind("document", "HTML/XML")
    return None


def _is_plain(start: bytes) -> bool:
    """Whether only what stands in text stands here."""
    return all(byte >= 32 or byte in b"\t\r\n" for byte in start)
