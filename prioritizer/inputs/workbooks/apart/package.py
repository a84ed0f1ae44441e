"""The package that a workbook is (a zip of parts), checked before any reader sees it.

What passed is packed anew: the reader gets exactly the bytes that were looked at, whatever tricks a zip's
double bookkeeping allows.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping

from .refusal import Refused

MOST_PARTS = 2_000
MOST_BYTES = 100 * 1024 * 1024
MOST_RATIO = 100
TINY = 100_000  # bytes: below this a part may be as dense as it likes
_LEGACY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_XML = (".xml", ".rels", ".vml")
_ZIP = b"PK\x03\x04"
_NESTED = (".zip", ".xlsx", ".xlsm", ".xlsb", ".docx", ".pptx", ".jar", ".7z", ".rar", ".gz")
_DECLARED = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']""")
_UTF8 = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def parts_of(content: bytes) -> dict[str, bytes]:
    """The XML parts of a workbook by name. Raises :class:`Refused` for anything but a sound .xlsx."""
    _kind(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for check in _CHECKS:
                check(archive.infolist())
            read = ((info, _content(archive, info)) for info in archive.infolist())
            parts = {info.filename: content for info, content in read if _is_xml(info)}
    except _BROKEN as error:
        raise Refused("workbook_damaged", problem=type(error).__name__) from None
    _kind_of_package(parts)
    for name, part in parts.items():
        _sound_xml(name, part)
    return parts


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a package of their own."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def _kind(content: bytes) -> None:
    """By its first bytes: nothing but a zip goes on."""
    if not content.strip():
        raise Refused("empty_file")
    if content.startswith(_LEGACY):
        raise Refused("workbook_encrypted" if _ENCRYPTED in content else "workbook_xls")
    if not content.startswith(b"PK"):
        raise Refused("not_a_workbook")


def _few(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_PARTS:
        raise Refused("workbook_bomb", parts=len(infos), size_mb=sum(i.file_size for i in infos) // 2**20)


def _open_to_read(infos: list[zipfile.ZipInfo]) -> None:
    if any(info.flag_bits & 1 for info in infos):
        raise Refused("workbook_encrypted")


def _plain_names(infos: list[zipfile.ZipInfo]) -> None:
    for info in infos:
        name = info.orig_filename
        steps = re.split(r"[/\\]", name)
        if ".." in steps or name.startswith(("/", "\\")) or re.search(r"[:\0]", name):
            raise Refused("workbook_part_path", part=name[:80].replace("\0", "?"))


def _single_names(infos: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for info in infos:
        if info.filename.casefold() in seen:
            raise Refused("workbook_part_twice", part=info.filename[:80])
        seen.add(info.filename.casefold())


def _not_too_dense(infos: list[zipfile.ZipInfo]) -> None:
    total = sum(info.file_size for info in infos)
    dense = any(i.file_size > TINY and i.file_size > MOST_RATIO * max(i.compress_size, 1) for i in infos)
    if total > MOST_BYTES or dense:
        raise Refused("workbook_bomb", parts=len(infos), size_mb=max(total // 2**20, 1))


def _no_macros(infos: list[zipfile.ZipInfo]) -> None:
    for info in infos:
        if re.search(r"vbaProject|macrosheets|activeX", info.filename, re.IGNORECASE):
            raise Refused("workbook_macros", part=info.filename[:80])


def _no_packages_inside(infos: list[zipfile.ZipInfo]) -> None:
    for info in infos:
        if info.filename.casefold().endswith(_NESTED):
            raise Refused("workbook_nested", part=info.filename[:80])


_CHECKS: tuple[Callable[[list[zipfile.ZipInfo]], None], ...] = (
    _few,
    _open_to_read,
    _plain_names,
    _single_names,
    _not_too_dense,
    _no_macros,
    _no_packages_inside,
)


def _is_xml(info: zipfile.ZipInfo) -> bool:
    return info.filename.casefold().endswith(_XML)


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """All of an XML part, of others the first bytes: no reader of ours gets them."""
    with archive.open(info) as stream:
        content = stream.read(info.file_size + 1 if _is_xml(info) else len(_ZIP))
    if content.startswith(_ZIP):
        raise Refused("workbook_nested", part=info.filename[:80])
    return content


def _kind_of_package(parts: Mapping[str, bytes]) -> None:
    types = parts.get("[Content_Types].xml", b"")
    if b"sheet.binary" in types:
        raise Refused("workbook_xlsb", part="[Content_Types].xml")
    if b"macroEnabled" in types:
        raise Refused("workbook_macros", part="[Content_Types].xml")
    if not types or b"spreadsheetml" not in types:
        raise Refused("not_a_workbook")


def _sound_xml(name: str, part: bytes) -> None:
    """UTF-8 without a document type: entities are how a small file becomes a great one."""
    declared = _DECLARED.match(part.removeprefix(b"\xef\xbb\xbf"))
    if b"\0" in part or (declared and declared[1].lower() not in _UTF8) or not _is_utf8(part):
        raise Refused("workbook_not_utf8", part=name[:80])
    if any(mark in part for mark in (b"<!DOCTYPE", b"<!ENTITY")):
        raise Refused("workbook_xml_entities", part=name[:80])


def _is_utf8(part: bytes) -> bool:
    try:
        part.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
