"""The desk's calendar: where it is, and what stands under one day of it."""

URL = "/admin/articles/story/calendar/"


def cell(html, day):
    """The part of a page that stands under one day (ISO)."""
    start = html.index(f'data-day="{day}"')
    end = html.find("data-day=", start + 10)
    return html[start : end if end > 0 else None]
