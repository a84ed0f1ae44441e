"""The archive of a pack: nothing compressed, nothing of the day or the machine, closed by a seal.

Two things make the bytes the same everywhere: no compression, whose outcome depends on the library, and one
date and one kind for every part. ``verifier.py`` puts the archive together again in its own words.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

from prioritizer.errors import Fault, InputFaults
from prioritizer.verifier import DESCRIPTOR, LARGEST_FILE, LARGEST_PACK, MOST_PARTS, SEAL

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_UNIX, _PLAIN_FILE, _VERSION = 3, 0o100644 << 16, 20


def archive(descriptor: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The descriptor and the parts in the order of their names as one .zip file.

    Raises :class:`InputFaults` where that would be more than the verifier takes.
    """
    _within_limits(descriptor, parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as file:
        for name, content in ((DESCRIPTOR, descriptor), *sorted(parts.items())):
            file.writestr(_entry(name), content)
        file.comment = (SEAL + hashlib.sha256(descriptor).hexdigest()).encode("ascii")
    return stream.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIRST_DAY)
    entry.create_system, entry.create_version, entry.extract_version = _UNIX, _VERSION, _VERSION
    entry.external_attr, entry.compress_type = _PLAIN_FILE, zipfile.ZIP_STORED
    return entry


def _within_limits(descriptor: bytes, parts: Mapping[str, bytes]) -> None:
    mb = 1_000_000
    faults = [
        Fault("pack_part_too_large", name, params={"limit_mb": LARGEST_FILE // mb})
        for name, content in parts.items()
        if len(content) > LARGEST_FILE
    ]
    frame = sum(200 + 2 * len(name) for name in parts) + 1_000
    if len(descriptor) + sum(map(len, parts.values())) + frame > LARGEST_PACK or len(parts) >= MOST_PARTS:
        faults.append(Fault("pack_too_large", params={"limit_mb": LARGEST_PACK // mb, "most": MOST_PARTS}))
    if faults:
        raise InputFaults(faults)
