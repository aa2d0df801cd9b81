"""What no form expects, and what must still be there after it was sent."""

from articles.models import Story

FORM = "application/x-www-form-urlencoded"
ADD = "/admin/articles/story/add/"
LIST = "/admin/articles/story/"
WORD = (
    '<!--StartFragment--><p class="MsoNormal" style="mso-margin-top-alt:auto"><b>Der&nbsp;Kai</b><o:p></o:p></p>'
    "<![if !supportLists]><span>·</span><![endif]><p class=MsoListParagraph>Punkt</p><!--EndFragment-->"
)
DOCS = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1f"><p dir="ltr"><span '
    'style="font-weight:700">Fett</span> und <a href="javascript:alert(1)">Link</a></p><br></b>'
)
BAD_BODIES = [("application/json", b"{"), ("application/json", b"\xff"), ("multipart/form-data", b"x"), ("", b"\0")]
BAD_BODIES += [("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\xff\r\n\r\n\xff")]
BAD_BODIES += [("application/x-www-form-urlencoded; charset=utf-7", b"+AAA-"), ("text/plain; charset=nosuch", b"x")]
UNREADABLE = {BAD_BODIES[2][0], BAD_BODIES[5][0]}  # no boundary, no such encoding: a bad request wherever it is read


def stored(story):
    """What must not change unless it is saved."""
    story = Story.objects.get(pk=story.pk)
    return story.headline, story.body, story.slugline, story.version, story.due_at, story.stage


def errors_of(response):
    """What a form says is wrong, its rows last (list of text)."""
    forms = [response.context["adminform"].form.errors]
    for rows in response.context["inline_admin_formsets"]:
        forms += rows.formset.errors
    return [text for said in forms for texts in said.values() for text in texts]


def raw(client, url, **values):
    """Sends bytes as they are: each value percent-encoded already, or plain ASCII."""
    return client.post(url, "&".join(f"{name}={value}" for name, value in values.items()), content_type=FORM)
