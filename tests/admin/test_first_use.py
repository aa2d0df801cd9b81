"""What somebody who uses the desk for the first time has to be told where they look, and told once."""

from datetime import timedelta

from cast import HOUR, NOON, make_cleared, make_scheduled, make_section, make_story, make_submitted, make_user, rewrite
from desk_forms import act_url, change_url, fields, messages_of, submit
from django.urls import reverse
from django.utils import translation

from articles import desk
from articles.desk import presence
from articles.models import Story, Topic
from articles.templatetags.desk import day_as


def test_the_note_on_the_last_move_stands_on_the_form_until_the_next_move(chief):
    story = make_submitted()
    submit(chief, act_url(story, "send_back"), note="Den Kapitän <b>anrufen</b>.")
    html = chief.get(change_url(story)).content.decode()
    assert html.count("Den Kapitän &lt;b&gt;anrufen&lt;/b&gt;.") == 1
    submit(chief, act_url(story, "submit"))
    assert "Den Kapitän" not in chief.get(change_url(story)).content.decode()


def test_sending_back_without_a_reason_says_for_whom_it_is_needed(chief):
    response = submit(chief, act_url(make_submitted(), "send_back"), note=" ")
    assert response.context["form"].errors == {"note": ["Say why, for whoever works on the story next."]}


def test_a_save_that_takes_back_the_clearing_says_so(chief):
    story = make_submitted()
    desk.ask_check(story, "legal", by=None)
    desk.pass_check(story, "legal", by=chief.user)
    desk.move(story, "clear", by=chief.user)
    said = "The story moves from “Cleared” to “Submitted”. The legal check is still open."
    for headline, warned in {"Anders": True, "Noch einmal anders": False}.items():
        response = chief.get(submit(chief, change_url(story), "story_form", headline=headline).url)
        assert (said in messages_of(response)) == warned


def test_publishing_before_a_scheduled_edition_says_that_it_will_take_over(chief, clock):
    story = rewrite(make_scheduled(at=NOON + HOUR), "Ein neuerer Satz.")
    said = chief.get(act_url(story, "publish")).context["says"]
    assert said == "Readers get this text at once; the edition scheduled for 23.11.2026 14:00 +01:00 then takes over."
    assert chief.get(act_url(make_cleared("Ohne"), "publish")).context["says"] == "Readers get this text at once."


def test_whoever_comes_back_to_a_story_is_not_idle_since_their_last_visit(db, clock):
    ada, story = make_user("editor", name="Ada"), make_story()
    presence.beat(ada, story, typed=True)
    presence.beat(ada, story, left=True)
    clock.shift(timedelta(minutes=6))
    presence.beat(ada, story)
    (there,) = presence.who_is_at(story)
    assert (there.state, there.at - NOON) == ("editing", timedelta(minutes=6))


def test_the_warning_of_a_similar_topic_is_all_that_is_said_about_its_name(chief):
    Topic.objects.create(name="Hafenausbau")
    url = reverse("admin:articles_topic_add")
    response = submit(chief, url, "topic_form", name="Hafenausbauten")
    said = "There is a topic “Hafenausbau” already. Use it, or send again to make “Hafenausbauten” as well."
    assert response.context["adminform"].form.errors == {"name": [said]}
    assert fields(response, "topic_form")["name"] == ["Hafenausbauten"]
    assert submit(chief, url, "topic_form", name="").context["adminform"].form.errors["name"] == [
        "This field is required."
    ]


def test_a_new_story_is_filed_further_only_where_its_writer_may_file(sign_in):
    own, other = make_section("politik"), make_section("kultur")
    editor = sign_in("editor", "politik")
    url = reverse("admin:articles_story_add")
    offered = editor.get(url).context["adminform"].form.fields["further_sections"].queryset
    assert list(offered) == [own]
    response = submit(editor, url, "story_form", headline="Am Kai", section=own.pk, further_sections=[str(other.pk)])
    assert list(response.context["adminform"].form.errors) == ["further_sections"]
    assert Story.objects.count() == 0


def test_a_list_is_headed_by_what_it_lists(chief):
    for name, heading in {"story": "Stories", "topic": "Topics", "picture": "Pictures"}.items():
        html = chief.get(reverse(f"admin:articles_{name}_changelist")).content.decode()
        assert f"<h1>{heading}</h1>" in html
        assert f"<title>{heading} | " in html


def test_days_are_written_as_the_language_writes_them():
    written = {}
    for language in ("de", "en"):
        with translation.override(language):
            written[language] = day_as(NOON.date(), "l j F Y")
    assert written == {"de": "Montag, 23. November 2026", "en": "Monday 23 November 2026"}
