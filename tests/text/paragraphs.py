"""Bodies of stories as tests of texts write them."""


def body(*paragraphs):
    """A body of these paragraphs, each plain text (HTML)."""
    return "".join(f"<p>{text}</p>" for text in paragraphs)
