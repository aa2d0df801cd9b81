"""What a rendition says about itself: whose picture it is, as an XMP packet, and nothing else."""

from html import escape  # of xml.sax it would load all of urllib, half the time this process takes to start

_HEAD = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">'
)
_TAIL = "</rdf:Description></rdf:RDF></x:xmpmeta>"


def packet(*, credit="", copyright_notice=""):
    """The packet (bytes, UTF-8) with the desk's credit and copyright notice; empty where there is neither."""
    said = ""
    if credit:
        said += f"<photoshop:Credit>{escape(credit, quote=False)}</photoshop:Credit>"
    if copyright_notice:
        notice = escape(copyright_notice, quote=False)
        said += f'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{notice}</rdf:li></rdf:Alt></dc:rights>'
    if not said:
        return b""
    start = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    return f'{start}{_HEAD}{said}{_TAIL}<?xpacket end="r"?>'.encode()
