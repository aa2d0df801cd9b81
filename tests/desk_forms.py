"""Fills in the desk's forms as a browser would: from the page, with some fields changed."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    def __init__(self, form_id):
        super().__init__()
        self.form_id, self.inside, self.found, self.data = form_id, False, False, {}
        self.area = self.select = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = self.form_id in (None, attrs.get("id"))
            self.found |= self.inside
        if not self.inside or "disabled" in attrs:
            return
        name = attrs.get("name")
        if tag == "input" and name and attrs.get("type") not in ("submit", "button", "file"):
            ticked = attrs.get("type") in ("checkbox", "radio")
            if not ticked or "checked" in attrs:
                self.data.setdefault(name, []).append(attrs.get("value", "on" if ticked else ""))
        elif tag == "textarea" and name:
            self.area = name
            self.data[name] = [""]
        elif tag == "select" and name:
            self.select = name
        elif tag == "option" and self.select and "selected" in attrs:
            self.data.setdefault(self.select, []).append(attrs.get("value", ""))

    def handle_data(self, data):
        if self.area:
            self.data[self.area][0] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.data[self.area][0] = self.data[self.area][0].removeprefix("\n")
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.inside = False


def fields(response, form_id=None):
    """What the form on a page would send (dict of lists); the page's first-to-last form unless one is named."""
    parser = _Fields(form_id)
    parser.feed(response.content.decode())
    assert parser.found or form_id is None, f"There is no form #{form_id}: a misspelt one would send nothing."
    return parser.data


def page_url(story, name):
    """The address of one of a story's pages, such as "plan" or "revisions/1/restore"."""
    return f"/admin/articles/story/{story.pk}/{name}/"


def change_url(story):
    """The address of a story's form."""
    return page_url(story, "change")


def act_url(story, name):
    """The address of an act's page."""
    return page_url(story, f"act/{name}")


def submit(client, url, form_id=None, **changes):
    """Opens a form, changes some fields and sends it."""
    data = fields(client.get(url), form_id) | {
        name: value if isinstance(value, list) else [value] for name, value in changes.items()
    }
    return client.post(url, data)


def chosen(action, *stories, **said):
    """What the list sends for an action on the stories ticked in it (dict)."""
    ticked = [story.pk for story in stories]
    return {"action": f"bulk_{action}", "_selected_action": ticked, "select_across": "0"} | said


def messages_of(response):
    """What the page after a redirect says (list of text)."""
    return [str(message) for message in response.context["messages"]]
