"""Picture files for tests of uploads: drawn, or put together byte by byte."""

import base64
import functools
import io
import random
import struct
import zlib

from PIL import Image

SHORT, LONG = 48, 64  # sides of HEIC
# A phone's picture: 64 by 48 pixels, EXIF says that it lies on its side and is called "Kai".
HEIC = base64.b85decode(
    "0000SW^{RQXk}?*00000ZE0pPXk}?*ZE0a<0005VZDn*}000000000XXk=`10000000000aA{+700000000000000000000G-+&a"
    "V*mgE07O6l0ssL300001>;M4(00000001)p0ssI200JKX0RR9100000FaQ7mIB98aW&i*H00062000$fZf0cy000000RRAKc4ILB"
    "0000LX>Mj^0ssI300IC2MR;ju000004sdC7Z2$lO00031009SSaB^?}008D`aAR)(004Gqc4I>U18@KU0FVFx0000U@BsY%`1k+-"
    "4+CHT0RR|40Sp2E{{wIU00RJ!0009300RIXx&lC90096hLID8-Z~y=U0FVFx0{{R603M(qfd!W8<fgf}2xu@M00096AOHXZ03l)k"
    "0RRR>0l{;?i2wiq6Ju{|a&BX6cmM$a4FCp!0000KX>)L8000000000$0000$0000eV{Bn?0000$000010000m000010000000002"
    "|NsB+000020000GaA|mH000000|*ER00009X>xCL0{{R38EJ5BVE_OC000000RRC8fdT^sgoXeB02*m>Wo7^X0000001jhhb7KGk"
    "009620001MZDe6|0000lC;_h-fcJz+T5Hh%EY;);)#ASY*OcmzJeF%KjEwES`hHkC-goHzyC8S2A)I0W000I>cxh$;08LE*DgXcg"
    "2mk^B4gdlG000C_VQByX5&#1L000311^@s60000"
)


@functools.cache
def scene(seed=1, size=(640, 360)):
    """A picture (RGB) with drawing at every scale, as photographs have; another one for each seed."""
    draw, picture = random.Random(seed), Image.new("RGB", size)
    for points, share in ((4, 0.9), (8, 0.5), (16, 0.35), (64, 0.2)):
        layer = Image.frombytes("RGB", (points, points), draw.randbytes(points * points * 3))
        picture = Image.blend(picture, layer.resize(size, Image.Resampling.BICUBIC), share)
    return picture


def file_of(image, form="JPEG", **options):
    """The picture as a file of that format (bytes)."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


@functools.cache
def photo(seed=1, size=(640, 360), form="JPEG"):
    """A scene as a file (bytes)."""
    return file_of(scene(seed, size), form)


def png_chunk(kind, data=b""):
    """One chunk of a PNG file with its length and check sum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, *chunks, depth=8, colour=0, data=b""):
    """A PNG file that claims that size, whatever `data` (packed) there is."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + png_chunk(b"IDAT", data) + png_chunk(b"IEND")


def gif_frame():
    """One frame of a GIF: a delay and a single pixel."""
    return b"\x21\xf9\x04\x04\x05\x00\x00\x00" + b"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00" + b"\x02\x02\x44\x01\x00"


def gif(frames, size=(1, 1)):
    """A GIF of so many frames, each the same single pixel."""
    head = b"GIF89a" + struct.pack("<HH", *size) + b"\x80\x00\x00" + b"\x00\x00\x00\xff\xff\xff"
    return head + gif_frame() * frames + b";"


def moving_webp(frames):
    """A WebP of so many frames, each the same small picture."""
    still = file_of(Image.new("RGB", (8, 8), "red"), "WEBP")
    shown = struct.pack("<I", 0)[:3] * 2 + b"\x07\x00\x00" * 2 + b"\x28\x00\x00" + b"\x00"
    frame = shown + still[12:]
    body = b"VP8X" + struct.pack("<I", 10) + b"\x02\x00\x00\x00" + b"\x07\x00\x00" * 2
    body += b"ANIM" + struct.pack("<I", 6) + b"\0" * 6
    body += (b"ANMF" + struct.pack("<I", len(frame)) + frame + b"\0" * (len(frame) % 2)) * frames
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def with_segment(jpeg, marker, data):
    """The JPEG file with one more segment right behind its beginning."""
    return jpeg[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data + jpeg[2:]


def iim(*datasets):
    """An APP13 segment's data with IPTC-IIM datasets: (record, number, bytes) each."""
    raw = b"".join(
        bytes([0x1C, record, number]) + struct.pack(">H", len(value)) + value for record, number, value in datasets
    )
    return b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(raw)) + raw + b"\0" * (len(raw) % 2)


def xmp(inside, attributes=""):
    """An XMP packet (bytes) with these properties in its one description."""
    spaces = " ".join(
        f'xmlns:{prefix}="{name}"'
        for prefix, name in {
            "dc": "http://purl.org/dc/elements/1.1/",
            "photoshop": "http://ns.adobe.com/photoshop/1.0/",
            "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
            "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
        }.items()
    )
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces} {attributes}>{inside}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def alternatives(**by_language):
    """An rdf:Alt with a text for each language."""
    items = "".join(
        f'<rdf:li xml:lang="{lang.replace("_", "-")}">{text}</rdf:li>' for lang, text in by_language.items()
    )
    return f"<rdf:Alt>{items}</rdf:Alt>"
