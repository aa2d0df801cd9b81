"""Librarians' screens: suggestions, warnings, merge, rename, pins, report, many stories at once."""

import re

import pytest
from cast import NOON, make_live, make_section, make_story, make_topic
from desk_forms import change_url, chosen, fields, messages_of, submit
from django.contrib.admin.models import DELETION, LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import desk
from articles.admin.topics.report import nearly_same, unused
from articles.models import Story, StoryTopic, Topic, TopicAlias, TopicMerge, TopicPin

LIST = "/admin/articles/story/"
SUGGEST = "/admin/articles/story/suggest-topics/"


@pytest.fixture
def librarian(sign_in):
    return sign_in("topic librarian")


def page_of(topic, act):
    return f"/admin/articles/topic/{topic.pk}/{act}/"


# Suggestions


def test_the_form_suggests_topics_of_the_saved_text_without_those_it_has(sign_in):
    for name in ("Hafenausbau", "Stadtrat", "Kai"):
        make_topic(name)
    story = make_story("Stadtrat streitet über Hafenausbau", topics=["Stadtrat"])
    response = sign_in("chief").get(change_url(story))
    [panel] = [each for each in response.context["panels"] if each.template.endswith("_topics.html")]
    assert [each.name for each in panel.context["topics"]] == ["Hafenausbau"]
    assert f'name="topics" value="{make_topic("Hafenausbau").pk}"> Hafenausbau' in response.content.decode()


def test_a_ticked_suggestion_is_saved_without_any_script(sign_in):
    story, hafen = make_story("Der Hafenausbau"), make_topic("Hafenausbau")
    submit(sign_in("chief"), change_url(story), "story_form", topics=[str(hafen.pk)])
    assert list(story.topics.all()) == [hafen]


@pytest.mark.parametrize("role", ["contributor", "editor", "chief", "topic librarian"])
def test_a_text_that_is_being_typed_gets_suggestions(sign_in, role):
    hafen, kai = make_topic("Hafenausbau"), make_topic("Kai")
    typed = {"headline": "Am Kai", "body": "<p>Der Hafenausbau</p>", "language": "de", "topics": [kai.pk, "x" * 99]}
    response = sign_in(role, "politik").post(SUGGEST, typed)
    assert response.json() == {"topics": [{"id": hafen.pk, "name": "Hafenausbau"}]}


def test_who_tags_nothing_gets_no_suggestions_and_nothing_is_given_to_get(sign_in):
    assert sign_in("picture editor").post(SUGGEST, {"headline": "Kai"}).status_code == 403
    assert sign_in("administrator").post(SUGGEST, {"headline": "Kai"}).status_code == 403
    assert sign_in("chief").get(SUGGEST).status_code == 405
    assert sign_in("chief").post(SUGGEST, {"headline": "\x00" * 9, "language": "zzzzzzzz"}).json() == {"topics": []}


# Names that are nearly another's


def test_a_new_name_that_is_nearly_a_topics_is_made_only_when_it_is_sent_again(sign_in):
    make_topic("Hafenausbau")
    chief, story = sign_in("chief"), make_story()
    asked = submit(chief, change_url(story), "story_form", new_topics="Hafen-Ausbau, Werft")
    sentence = "There is a topic “Hafenausbau” already. Use it, or send again to make “Hafen-Ausbau” as well."
    assert sentence in asked.content.decode()
    assert Topic.objects.count() == 1
    chief.post(change_url(story), fields(asked, "story_form"))
    assert sorted(story.topics.values_list("name", flat=True)) == ["Hafen-Ausbau", "Werft"]


def test_the_topics_own_form_asks_as_well(librarian):
    make_topic("Angela Merkel")
    add = "/admin/articles/topic/add/"
    asked = submit(librarian, add, "topic_form", name="Merkel, Angela")
    assert "There is a topic “Angela Merkel” already." in asked.content.decode()
    assert Topic.objects.count() == 1
    librarian.post(add, fields(asked, "topic_form"))
    assert Topic.objects.count() == 2


# Merge, undo, rename, pins


def test_a_merge_is_counted_first_and_can_be_undone(librarian):
    make_live(topics=["Hafen", "Seehafen"])
    make_live(topics=["Seehafen"])
    kept, gone = make_topic("Hafen"), make_topic("Seehafen")
    dry = librarian.get(page_of(gone, "merge"), {"into": kept.pk})
    assert (dry.context["counts"]["stories"], dry.context["counts"]["stories_both"]) == (2, 1)
    assert librarian.post(page_of(gone, "merge"), {"into": kept.pk}).status_code == 200
    assert TopicMerge.objects.count() == 0
    done = librarian.post(page_of(gone, "merge"), {"into": kept.pk, "confirmed": "yes"}, follow=True)
    assert messages_of(done) == ["“Seehafen” was merged into “Hafen”."]
    record = TopicMerge.objects.get()
    assert (record.by, Topic.objects.get(pk=kept.pk).uses) == (librarian.user, 2)
    undo = f"/admin/articles/topic/merges/{record.pk}/undo/"
    assert f'href="{undo}"' in done.content.decode()
    assert librarian.get(undo).status_code == 200
    assert messages_of(librarian.post(undo, follow=True)) == ["“Seehafen” stands for itself again."]
    again = librarian.post(undo)
    assert (again.status_code, again.context["reasons"]) == (409, ["This merge was undone already."])


def test_a_merged_topic_is_not_offered_listed_or_changed_any_more(librarian):
    kept, gone = make_topic("Hafen"), make_topic("Seehafen")
    librarian.post(page_of(gone, "merge"), {"into": kept.pk, "confirmed": "yes"})
    chooser = "/admin/autocomplete/?app_label=articles&model_name=storytopic&field_name=tag&term="
    assert [each["text"] for each in librarian.get(chooser + "haf").json()["results"]] == ["Hafen"]
    assert librarian.get(chooser + "seeh").json()["results"] == []
    for query, names in {"": ["Hafen"], "?merged=yes": ["Seehafen"]}.items():
        shown = librarian.get(f"/admin/articles/topic/{query}").context["cl"].result_list
        assert [each.name for each in shown] == names
    form = librarian.get(f"/admin/articles/topic/{gone.pk}/change/").content.decode()
    assert "This topic was merged into “Hafen”" in form
    assert 'name="_save"' not in form
    refused = librarian.post(page_of(gone, "rename"), {"name": "Neu"})
    assert refused.context["reasons"] == ["“Seehafen” was merged into “Hafen” already."]


def test_topics_are_found_by_the_beginning_of_a_word_or_an_alias(librarian):
    TopicAlias.objects.create(topic=make_topic("Stadtbahn"), name="Linie 4")
    make_topic("Neue Bahn")
    for typed, names in {
        "stadt": ["Stadtbahn"],
        "Linie": ["Stadtbahn"],
        "bahn": ["Neue Bahn"],
        "???": [],
        "x" * 500: [],
    }.items():
        shown = librarian.get("/admin/articles/topic/", {"q": typed}).context["cl"].result_list
        assert [each.name for each in shown] == names, typed


def test_a_topic_is_renamed_on_a_page_of_its_own(librarian):
    hafen = make_topic("Hafen")
    assert "name" not in fields(librarian.get(f"/admin/articles/topic/{hafen.pk}/change/"), "topic_form")
    done = librarian.post(page_of(hafen, "rename"), {"name": "Seehafen", "new_address": "on"}, follow=True)
    assert messages_of(done) == ["“Hafen” is now called “Seehafen”."]
    hafen.refresh_from_db()
    assert (hafen.name, hafen.slug, Topic.objects.called("Hafen")) == ("Seehafen", "seehafen", hafen)


def test_a_story_is_pinned_on_the_topics_form(librarian):
    hafen, story = make_topic("Hafen"), make_story()
    url = f"/admin/articles/topic/{hafen.pk}/change/"
    submit(librarian, url, "topic_form", **{"pins-0-story": str(story.pk), "pins-0-position": "1"})
    assert TopicPin.objects.values_list("story", "public_id").get() == (story.pk, story.public_id)
    twice = submit(librarian, url, "topic_form", **{"pins-1-story": str(story.pk), "pins-1-position": "2"})
    assert twice.status_code == 200
    assert TopicPin.objects.count() == 1


ACTS = ("merge", "rename", "drop")


@pytest.mark.parametrize("role", ["contributor", "editor", "picture editor", "administrator"])
def test_who_may_not_change_topics_gets_none_of_their_acts(sign_in, role):
    client, hafen, kai = sign_in(role, "politik"), make_topic("Hafen"), make_topic("Kai")
    for act in ACTS:
        assert client.get(page_of(hafen, act)).status_code == 403
        data = {"into": kai.pk, "confirmed": "yes", "name": "Neu"}
        assert client.post(page_of(hafen, act), data).status_code == 403
    assert client.post("/admin/articles/topic/report/", {"topic": hafen.pk}).status_code == 403
    assert client.post("/admin/articles/topic/merges/1/undo/").status_code == 403
    assert sorted(Topic.objects.in_use().values_list("name", flat=True)) == ["Hafen", "Kai"]


def test_nonsense_is_answered_in_words_or_not_found(librarian):
    hafen = make_topic("Hafen")
    for into in ("", "x", "9" * 40, "-1", "\x00", str(hafen.pk)):
        response = librarian.post(page_of(hafen, "merge"), {"into": into, "confirmed": "yes"})
        assert response.status_code in (200, 409), into
        assert librarian.get(page_of(hafen, "merge"), {"into": into}).status_code == 200
    assert librarian.get("/admin/articles/topic/99999/merge/").status_code == 404
    assert librarian.get("/admin/articles/topic/merges/99999/undo/").status_code == 404
    assert librarian.get(page_of(hafen, "drop")).status_code == 404
    assert librarian.post(page_of(hafen, "rename"), {"name": "x" * 300}).status_code == 200
    for query in ("?after=%00%ff", "?show=same&after=zzz", "?show=other", "?after=" + "x" * 900):
        assert librarian.get(f"/admin/articles/topic/report/{query}").status_code == 200
    assert TopicMerge.objects.count() == 0


# The report


def test_the_report_names_unused_topics_and_those_there_are_twice(librarian):
    make_live(topics=["Hafenausbau"])
    make_story(topics=["Hafen-Ausbau"])
    dropped, never = make_live(topics=["Einst"]), make_topic("Nie")
    desk.tag(dropped, by=None, remove=[make_topic("Einst")])
    html = librarian.get("/admin/articles/topic/report/").content.decode()
    assert f'name="topic" value="{never.pk}"' in html
    assert f'name="topic" value="{make_topic("Einst").pk}"' not in html
    same = librarian.get("/admin/articles/topic/report/?show=same")
    [group] = same.context["groups"]
    assert {group.kept.name, *(each.name for each in group.others)} == {"Hafenausbau", "Hafen-Ausbau"}
    assert f"/merge/?into={group.kept.pk}" in same.content.decode()
    everything = [str(each.pk) for each in Topic.objects.all()]
    librarian.post("/admin/articles/topic/report/", {"topic": everything})
    assert not Topic.objects.filter(pk=never.pk).exists()
    assert Topic.objects.count() == 3


@pytest.mark.parametrize("report", [False, True])
def test_who_deleted_a_topic_and_when_stands_in_the_log(librarian, clock, report):
    never, used = make_topic("Nie"), make_topic("Hafen")
    make_story(topics=["Hafen"])
    gone = str(never.pk)
    for topic in (never, used):  # the second is refused, and nothing is logged of it
        url = "/admin/articles/topic/report/" if report else page_of(topic, "drop")
        assert librarian.post(url, {"topic": topic.pk}).status_code == 302
    [entry] = LogEntry.objects.all()
    assert (entry.user, entry.action_time, entry.action_flag) == (librarian.user, NOON, DELETION)
    assert (entry.object_id, entry.object_repr, entry.content_type.model) == (gone, "Nie", "topic")
    assert list(Topic.objects.all()) == [used]


def test_the_report_goes_page_by_page():
    for number in range(120):
        make_topic(f"Leer {number:03}")
    first, after = unused()
    second, then = unused(after)
    third, end = unused(then)
    assert [each.name for each in (*first, *second, *third)] == [f"Leer {number:03}" for number in range(120)]
    assert (len(first), len(third), end) == (50, 20, "")
    assert nearly_same() == ([], "")


test_the_report_goes_page_by_page = pytest.mark.django_db(test_the_report_goes_page_by_page)


# Many stories


def test_bulk_tagging_counts_before_it_does(sign_in):
    chief, stories = sign_in("chief"), [make_story(topics=["Kai"] if number else []) for number in range(3)]
    page = chief.post(LIST, chosen("tag", *stories))
    preview = chief.post(LIST, fields(page) | {"add": ["Kai, Neu"], "remove": [""], "preview": ["yes"]})
    assert [(row["name"], row["new"], row["change"], row["stay"]) for row in preview.context["counts"]] == [
        ("Kai", False, 1, 2),
        ("Neu", True, 3, 0),
    ]
    assert StoryTopic.objects.count() == 2
    done = chief.post(LIST, fields(preview) | {"confirmed": ["yes"]}, follow=True)
    assert messages_of(done) == ["Topics of 3 stories changed."]
    assert StoryTopic.objects.count() == 6


def test_a_filtered_list_is_tagged_whole_across_its_pages(sign_in):
    chief, other = sign_in("chief"), make_story(section=make_section("kultur"))
    stories = [make_story() for _number in range(210)]
    address = f"{LIST}?section__id__exact={stories[0].section_id}"
    page = chief.post(address, chosen("tag", stories[0], select_across="1"))
    assert (page.context["chosen"], len(page.context["shown"])) == (210, 50)
    late = make_story()  # came into the list after the preview: nobody has counted it
    done = chief.post(address, fields(page) | {"add": ["Neu"], "remove": [""], "confirmed": ["yes"]}, follow=True)
    assert messages_of(done) == ["Topics of 210 stories changed."]
    tagged = set(StoryTopic.objects.values_list("content_object", flat=True))
    assert tagged == {story.pk for story in stories}
    assert {other.pk, late.pk}.isdisjoint(tagged)
    assert stories[0].events.first().details == {"added": ["Neu"], "removed": []}


def test_what_is_not_seen_stands_once_on_the_page_and_each_name_is_looked_up_once(sign_in):
    chief, story = sign_in("chief"), make_story(topics=["Kai"])
    page = chief.post(LIST, chosen("tag", story, add="Hafen", remove="Kai", preview="yes"))
    ids = re.findall(r' id="([^"]+)"', page.content.decode())
    assert (ids.count("id_similar_seen"), sorted(set(ids)) == sorted(ids)) == (1, True)
    make_topic("Hafen")
    with CaptureQueriesContext(connection) as queries:
        chief.post(LIST, chosen("tag", story, add="Hafen", remove="Kai", preview="yes"))
    looked_up = [each["sql"] for each in queries if '"articles_topic"."slug" = ' in each["sql"]]
    assert len(looked_up) == 2


def test_more_than_the_most_is_refused_in_words(sign_in, monkeypatch):
    monkeypatch.setattr("articles.admin.story.bulk_tagging.MOST", 2)
    stories = [make_story() for _number in range(3)]
    said = sign_in("chief").post(LIST, chosen("tag", *stories), follow=True)
    assert messages_of(said) == ["Choose at most 2 stories at a time: filter the list further."]


def test_stories_somebody_may_not_tag_are_left_alone_even_if_their_numbers_are_sent(sign_in):
    editor = sign_in("editor", "politik")
    own, foreign = make_story(), make_story(section=make_section("kultur"))
    data = chosen("tag", own, add="Neu", remove="", confirmed="yes", chosen=f"{own.pk},{foreign.pk},x,{'9' * 30}")
    editor.post(LIST, data)
    assert [list(story.topics.values_list("name", flat=True)) for story in (own, foreign)] == [["Neu"], []]
    writer = sign_in("contributor")
    mine, theirs = make_story(by=writer.user), make_story()
    writer.post(LIST, chosen("tag", mine, theirs, add="Neu", remove="", confirmed="yes"))
    assert [story.topics.count() for story in (mine, theirs)] == [1, 0]


def test_one_topic_is_not_added_and_removed_at_once_and_similar_names_are_asked_about(sign_in):
    chief, story = sign_in("chief"), make_story(topics=["Hafenausbau"])
    both = chief.post(LIST, chosen("tag", story, add="Hafenausbau", remove="hafenausbau", confirmed="yes"))
    assert "“Hafenausbau” cannot be added and removed at once." in both.content.decode()
    asked = chief.post(LIST, chosen("tag", story, add="Hafen-Ausbau", remove="", preview="yes"))
    assert "There is a topic “Hafenausbau” already." in asked.content.decode()
    assert asked.context["counts"] is None
    again = chief.post(LIST, fields(asked) | {"preview": ["yes"]})
    assert [row["name"] for row in again.context["counts"]] == ["Hafen-Ausbau"]
    assert Story.objects.get().version == 1


def test_the_preview_asks_the_same_number_of_times_for_3_and_for_300_stories(sign_in):
    chief, asked = sign_in("chief"), []
    stories = [make_story() for _number in range(300)]
    chief.post(LIST, chosen("tag", stories[0], add="Neu", remove="", preview="yes"))
    for some in (stories[:3], stories):
        with CaptureQueriesContext(connection) as queries:
            chief.post(
                LIST,
                chosen("tag", *some[:1], add="Neu", remove="", preview="yes", chosen=",".join(str(s.pk) for s in some)),
            )
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_count_before_a_bulk_tagging_names_no_story_out_of_reach(sign_in):
    own, foreign = make_story("Eigene"), make_story("GEHEIM", section=make_section("kultur"))
    page = sign_in("editor", "politik").post(LIST, chosen("tag", own, chosen=f"{own.pk},{foreign.pk}"))
    assert (page.context["shown"], page.context["chosen"]) == ([(own, True)], 1)
    assert "GEHEIM" not in page.content.decode()


def test_bulk_tagging_leaves_alone_what_one_may_only_read(sign_in):
    writer = sign_in("contributor")
    open_one, submitted = make_story(by=writer.user), make_story(by=writer.user)
    desk.move(submitted, "submit", by=writer.user)
    make_topic("Neu")
    said = chosen("tag", open_one, submitted, add="Neu", remove="", confirmed="yes")
    done = writer.post(LIST, said, follow=True)
    assert [story.topics.count() for story in (open_one, submitted)] == [1, 0]
    assert messages_of(done) == [
        "Topics of 1 story changed.",
        "1 story was left alone: you may not change its topics.",
    ]


def test_bulk_tagging_makes_new_topics_only_for_those_who_may(sign_in):
    writer = sign_in("contributor")
    story = make_story(by=writer.user)
    page = writer.post(LIST, chosen("tag", story, add="Neu", remove="", confirmed="yes"))
    assert page.context["form"].errors == {"add": ["There is no topic “Neu”."]}
    assert Topic.objects.count() == 0
