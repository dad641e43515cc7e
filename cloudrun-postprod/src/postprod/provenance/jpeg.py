"""Metadata in a JPEG file: an XMP packet and, for what cameras write, EXIF. The picture itself stays as it is."""

import re
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from PIL import ExifTags, Image

from postprod.provenance.manifest import DIGITAL_SOURCE_TYPE
from ugcgen.domain.errors import MediaError

_XMP = b"http://ns.adobe.com/xap/1.0/\x00"
_LONGEST = 65_533
"""Bytes that a segment can hold."""


def with_metadata(
    data: bytes,
    *,
    title: str,
    description: str,
    created_at: datetime | None = None,
    device: str | None = None,
    location: str | None = None,
) -> bytes:
    """The JPEG with IPTC's digital source type and these words in it. `location` is ISO 6709, `created_at` in UTC.

    Raises MediaError if `data` is no JPEG.
    """
    if data[:2] != b"\xff\xd8":
        raise MediaError("a picture that should be a JPEG is none; make it again")
    # The JFIF segment, where there is one, has to stay first.
    start = 4 + int.from_bytes(data[4:6], "big") if data[2:4] == b"\xff\xe0" else 2
    xmp = _XMP + _packet(title, description, created_at, device).encode()
    exif = _exif(description, created_at, device, location)
    return data[:start] + _segment(exif) + _segment(xmp) + data[start:]


def _segment(payload: bytes) -> bytes:
    assert len(payload) <= _LONGEST
    return b"\xff\xe1" + (len(payload) + 2).to_bytes(2, "big") + payload


def _packet(title: str, description: str, created_at: datetime | None, device: str | None) -> str:
    attributes = {
        "Iptc4xmpExt:DigitalSourceType": DIGITAL_SOURCE_TYPE,
        "xmp:CreateDate": created_at and created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "tiff:Model": device,
    }
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items() if value)
    words = "".join(
        f'<dc:{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt></dc:{name}>'
        for name, text in (("title", title), ("description", description))
        if text
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"'
        ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
        f'{written}>{words}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )


def _exif(description: str, created_at: datetime | None, device: str | None, location: str | None) -> bytes:
    exif = Image.Exif()
    # EXIF's own text is ASCII; XMP has the words as they are.
    exif[ExifTags.Base.ImageDescription] = description.encode("ascii", "replace").decode()
    if device:
        exif[ExifTags.Base.Model] = device.encode("ascii", "replace").decode()
    if created_at:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = created_at.strftime("%Y:%m:%d %H:%M:%S")
    if location:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(_gps(location))
    return exif.tobytes()


def _gps(location: str) -> dict[int, object]:
    north, east = (float(number) for number in re.findall(r"[+-][\d.]+", location)[:2])
    return {
        ExifTags.GPS.GPSLatitudeRef: "N" if north >= 0 else "S",
        ExifTags.GPS.GPSLatitude: _degrees(abs(north)),
        ExifTags.GPS.GPSLongitudeRef: "E" if east >= 0 else "W",
        ExifTags.GPS.GPSLongitude: _degrees(abs(east)),
    }


def _degrees(angle: float) -> tuple[float, float, float]:
    minutes, seconds = divmod(angle * 3600, 60)
    return float(minutes // 60), float(minutes % 60), round(seconds, 3)
