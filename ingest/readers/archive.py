"""Zip containers (Office files, EPUB): opened only when unpacking them is safe."""

import io
import zipfile

from ingest.errors import UnreadableFile

_MOST_UNPACKED = 1 << 30  # bytes; a Word file of a thousand pages has some 20 MB
_MOST_RATIO = 200  # XML shrinks to a tenth; what shrinks to a thousandth is a trap
_SMALL = 10 << 20  # bytes unpacked below which the ratio says nothing
_MOST_ENTRIES = 20_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive in `data`. Raises UnreadableFile when it is none, damaged, encrypted, or would
    unpack to more than any document does."""
    if data.startswith(_OLE):
        raise UnreadableFile("encrypted, or in the format of Office before 2007: save it anew")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableFile(f"damaged or cut short: {error}") from None
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise UnreadableFile("encrypted")
    unpacked = sum(entry.file_size for entry in entries)
    if (
        len(entries) > _MOST_ENTRIES
        or unpacked > _MOST_UNPACKED
        or unpacked > max(_SMALL, _MOST_RATIO * len(data))
    ):
        raise UnreadableFile(
            f"would unpack to {unpacked / 1e6:,.0f} MB in {len(entries):,} parts: "
            "a trap (zip bomb), not a document"
        )
    return archive
