"""Revisions in the admin: list, compare any two, bring one back."""

import pytest
from cast import DAY, make_cleared, make_contributor, make_live, make_section, make_story, rewrite
from desk_forms import change_url, fields, messages_of, page_url
from django.utils import timezone

from articles import desk, press
from articles.models import Revision, Story
from articles.text.packing import pack


def test_the_list_says_who_when_what_and_what_was_printed(chief):
    story = make_cleared("Alt")
    press.publish(story, by=None)
    desk.save(story, by=chief.user, values={"headline": "Neu", "topics": ["Hafen"]})
    press.schedule(story, by=None, at=timezone.now() + DAY, change="update")
    page = chief.get(page_url(story, "revisions"))
    rows = [(row.number, [edition.number for edition in editions]) for row, editions in page.context["rows"]]
    assert rows == [(2, [2]), (1, [1])]
    html = page.content.decode()
    for text in ("Saved: Headline, Topics", "Created", "Readers have it", "Scheduled"):
        assert text in html


def test_ten_thousand_revisions_are_listed_by_the_page(chief, django_assert_num_queries):
    story = make_story()
    packed, now = pack(story.revisions.get().content), timezone.now()
    Revision.objects.bulk_create(
        (Revision(story=story, number=number, act="saved", at=now, packed=packed) for number in range(2, 10_001)),
        batch_size=1_000,
    )
    Story.objects.filter(pk=story.pk).update(version=10_000)
    chief.get(page_url(story, "revisions"))
    with django_assert_num_queries(LIST_QUERIES):
        page = chief.get(page_url(story, "revisions"))
    assert [row.number for row, _editions in page.context["rows"]] == list(range(10_000, 9_950, -1))
    with django_assert_num_queries(LIST_QUERIES):
        older = chief.get(page_url(story, "revisions") + "?before=51")
    assert [row.number for row, _editions in older.context["rows"]] == list(range(50, 0, -1))
    assert older.context["older"] is None


LIST_QUERIES = 13


def shown(page):
    """What a comparison shows: label, and for each changed row both sides as text."""
    text = lambda runs: "".join(part for _op, part in runs)  # noqa: E731
    found = []
    for each in page.context["differences"]:
        if each.kind == "words":
            found.append((each.label, [("changed", text(each.old), text(each.new))]))
        else:
            rows = [row for row in each.rows if row.kind not in ("same", "fold")]
            found.append((each.label, [(row.kind, text(row.old), text(row.new)) for row in rows]))
    return found


def test_any_two_are_compared_field_by_field(chief):
    ada, ben = make_contributor("Ada Brook"), make_contributor("Ben Ohm")
    body = "<p>Eins.</p><p>Zwei ist lang genug.</p><p>Drei.</p>"
    story = make_story("Alt", body=body, topics=["Hafen"], bylines=[(ada, "text"), (ben, "text")])
    desk.save(story, by=None, values={"dek": "Zwischenstand"})
    changes = {"headline": "Neu", "body": "<p>Eins.</p><p>Zwei ist kurz genug.</p><p>Drei.</p>", "topics": ["Kai"]}
    desk.save(story, by=None, values=changes | {"bylines": [(ben, "text"), (ada, "text")], "dek": ""})
    page = chief.get(page_url(story, "compare") + "?from=1&to=3")
    assert shown(page) == [
        ("Headline", [("changed", "Alt", "Neu")]),
        ("Text", [("changed", "Zwei ist lang genug.", "Zwei ist kurz genug.")]),
        ("Slug", [("changed", "alt", "neu")]),
        ("Bylines", [("moved", "Ada Brook (Text)", "Ada Brook (Text)")]),
        ("Topics", [("gone", "Hafen", ""), ("new", "", "Kai")]),
    ]
    assert "<del>lang</del>" in page.content.decode()
    assert "<ins>kurz</ins>" in page.content.decode()
    assert shown(chief.get(page_url(story, "compare") + "?to=2")) == [("Dek", [("changed", "", "Zwischenstand")])]


def test_the_working_copy_is_compared_with_what_readers_have(chief):
    story = make_live("Online")
    assert "Both say the same." in chief.get(page_url(story, "compare") + "?from=live&to=now").content.decode()
    rewrite(story, "Geändert.", headline="Noch nicht online")
    page = chief.get(page_url(story, "compare") + "?from=live&to=now")
    assert shown(page)[0] == ("Headline", [("changed", "Online", "Noch nicht online")])
    assert "Unpublished changes" in chief.get(change_url(story)).content.decode()


def test_unchanged_paragraphs_are_folded(chief):
    same = "".join(f"<p>Absatz Nummer {number}.</p>" for number in range(20))
    story = make_story(body=same + "<p>Alt.</p>")
    desk.save(story, by=None, values={"body": same + "<p>Neu.</p>"})
    html = chief.get(page_url(story, "compare") + "?to=2").content.decode()
    assert '<details class="fold"><summary>19 unchanged paragraphs</summary>' in html


@pytest.mark.parametrize(
    "query",
    ["from=99", "to=99", "from=live", "to=x", "from=-1", "to=99999999999999999999", "to=%00", "from=1.5&to=now"],
)
def test_what_is_not_kept_is_a_404(chief, query):
    assert chief.get(page_url(make_story(), "compare") + f"?{query}").status_code == 404


@pytest.mark.parametrize("before", ["x", "-1", "99999999999999999999", "%00"])
def test_a_page_of_the_list_that_is_none_is_a_404(chief, before):
    assert chief.get(page_url(make_story(), "revisions") + f"?before={before}").status_code == 404


def test_bringing_one_back_shows_what_changes_and_is_a_save(chief):
    story = make_story("Alt")
    desk.save(story, by=None, values={"headline": "Neu"})
    page = chief.get(page_url(story, "revisions/1/restore"))
    assert shown(page)[0] == ("Headline", [("changed", "Neu", "Alt")])
    answer = chief.post(page_url(story, "revisions/1/restore"), fields(page), follow=True)
    assert "Revision 1 is the working copy again." in messages_of(answer)
    story.refresh_from_db()
    assert (story.headline, story.version, story.saved_by) == ("Alt", 3, chief.user)


def test_bringing_one_back_over_somebodys_newer_save_is_refused_where_both_differ(chief):
    story = make_story("Alt")
    desk.save(story, by=None, values={"headline": "Neu"})
    page = fields(chief.get(page_url(story, "revisions/1/restore")))
    desk.save(story, by=None, values={"headline": "Am neuesten"})
    answer = chief.post(page_url(story, "revisions/1/restore"), page)
    assert answer.status_code == 409
    assert "while you were writing" in answer.content.decode()
    story.refresh_from_db()
    assert story.headline == "Am neuesten"


def test_who_may_only_read_compares_and_brings_nothing_back(sign_in):
    story = make_story(section=make_section("wirtschaft"))
    reader = sign_in("picture editor")
    assert reader.get(page_url(story, "compare") + "?to=1").status_code == 200
    assert "Bring back" not in reader.get(page_url(story, "revisions")).content.decode()
    assert reader.post(page_url(story, "revisions/1/restore")).status_code == 403
    outsider = sign_in("editor", "politik")
    for name in ("revisions", "compare", "revisions/1/restore"):
        assert outsider.get(page_url(story, name), {"to": "1"}).status_code == 403


def test_titles_out_of_scope_are_not_shown_in_a_comparison(sign_in):
    secret = make_story("GEHEIM", section=make_section("wirtschaft"))
    editor = sign_in("editor", "politik")
    story = make_story()
    desk.save(story, by=None, values={"related": [secret]})
    page = editor.get(page_url(story, "compare") + "?to=2")
    assert page.status_code == 200
    assert "GEHEIM" not in page.content.decode()


def test_bringing_back_moves_no_story_into_a_section_one_does_not_edit(sign_in):
    story = make_story("Alt", section=make_section("sport"), further_sections=[make_section("kultur")])
    values = {"section": make_section("politik"), "further_sections": [], "headline": "Neu"}
    desk.save(story, by=None, values=values)
    editor, chief = sign_in("editor", "politik"), sign_in("chief")
    url = page_url(story, "revisions/1/restore")
    page = editor.get(url)
    assert "Sport" not in page.content.decode().partition('id="content"')[2]
    assert editor.post(url, fields(page)).status_code == 302
    story.refresh_from_db()
    assert (story.headline, story.section.path, story.further_sections.count()) == ("Alt", "politik", 0)
    assert chief.post(url, fields(chief.get(url))).status_code == 302
    story.refresh_from_db()
    assert (story.section.path, story.further_sections.get().path) == ("sport", "kultur")
