"""Entries of a live blog: posted once, changed with their history, taken down, pinned, refused in sentences."""

import pytest
from cast import DAY, HOUR, MICROSECOND, NOON, SECOND, make_contributor, make_live, make_story
from django.db import IntegrityError, transaction

from articles import desk, press
from articles.models import LiveEntry
from articles.rules.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def blog(clock):
    """A live blog readers have."""
    return make_live("Sturmflut", kind="live")


def live(at=None):
    return list(LiveEntry.objects.live(at).newest_first())


def refused(verb, *args, **said):
    with pytest.raises(Refused) as why:
        verb(*args, by=None, **said)
    return why.value.reasons


def test_an_entry_is_live_from_the_moment_it_is_posted(blog, clock):
    entry = press.post_entry(blog, by=None, headline=" Der  Pegel ", body="Eins & zwei\n\nDrei", key_event=True)
    assert live(NOON - MICROSECOND) == []
    assert live(NOON) == [entry]
    assert (entry.headline, entry.body) == ("Der Pegel", "<p>Eins &amp; zwei</p><p>Drei</p>")
    assert (entry.number, entry.published_at, entry.key_event, entry.pinned) == (1, NOON, True, False)
    assert list(blog.events.values_list("act", "note")[:1]) == [("live_posted", "Der Pegel")]


def test_an_entry_stands_at_its_own_time_and_never_before_it(blog):
    earlier = press.post_entry(blog, by=None, body="Früher", at=NOON - HOUR)
    later = press.post_entry(blog, by=None, body="Später", at=NOON + HOUR)
    assert live() == [earlier]
    assert live(NOON + HOUR) == [later, earlier]
    assert live(NOON - SECOND) == []


def test_html_is_cleaned_and_pictures_are_left_out(blog):
    body = '<p onclick="x">Eins<script>x</script></p><figure data-picture="0123456789abcdefghjkmnpqrs"></figure>'
    assert press.post_entry(blog, by=None, body=body).body == "<p>Eins</p>"


def test_the_name_is_printed_as_it_was(blog):
    person = make_contributor("Leyla Arslan", has_page=True)
    entry = press.post_entry(blog, by=None, body="Eins", contributor=person)
    assert [(line["name"], line["slug"]) for line in entry.bylines] == [("Leyla Arslan", "leyla-arslan")]


def test_a_form_sent_twice_posts_once(blog):
    first, second = (press.post_entry(blog, by=None, body="Eins", form_key="k" * 26) for _time in range(2))
    assert (first, live()) == (second, [first])
    press.post_entry(blog, by=None, body="Eins", form_key="m" * 26)
    assert len(live()) == 2


def test_a_change_ends_one_version_and_begins_the_next(blog, clock):
    old = press.post_entry(blog, by=None, body="Zwei Boote")
    clock.shift(60)
    new = press.change_entry(blog, old.public_id, by=None, number=1, body="Drei Boote")
    assert [row.body for row in live(NOON)] == ["<p>Zwei Boote</p>"]
    assert live() == [new]
    assert (new.public_id, new.number, new.published_at, new.updated_at) == (old.public_id, 2, NOON, NOON + 60 * SECOND)
    assert press.change_entry(blog, old.public_id, by=None, number=2, body="Drei Boote") == new


def test_readers_are_not_told_of_an_update_to_what_they_never_had(blog):
    entry = press.post_entry(blog, by=None, body="Morgen", at=NOON + HOUR)
    changed = press.change_entry(blog, entry.public_id, by=None, number=1, body="Übermorgen", at=NOON + 2 * HOUR)
    assert (changed.updated_at, changed.live_from) == (None, NOON + 2 * HOUR)
    assert live(NOON + HOUR) == []
    assert live(NOON + 2 * HOUR) == [changed]


def test_who_changes_what_somebody_changed_meanwhile_is_told_so(blog, clock):
    entry = press.post_entry(blog, by=None, body="Eins")
    clock.shift(1)
    press.change_entry(blog, entry.public_id, by=None, number=1, body="Zwei")
    said = refused(press.change_entry, blog, entry.public_id, number=1, body="Drei")
    when = "23.11.2026 13:00:01 +01:00"
    assert said == [f"Somebody changed this entry at {when}, after you opened it. Look at it again first."]
    assert [row.body for row in live()] == ["<p>Zwei</p>"]


def test_what_is_taken_down_is_gone_for_readers_and_stays_on_record(blog, clock):
    entry = press.post_entry(blog, by=None, body="Falsch")
    clock.shift(60)
    press.remove_entry(blog, entry.public_id, by=None)
    assert live() == []
    assert live(NOON) == [entry]
    assert refused(press.remove_entry, blog, entry.public_id) == ["This entry was taken down meanwhile."]


def test_only_one_entry_is_pinned(blog, clock):
    one = press.post_entry(blog, by=None, body="Eins", pinned=True)
    clock.shift(1)
    two = press.post_entry(blog, by=None, body="Zwei", pinned=True)
    assert [(row.public_id, row.pinned) for row in live() if row.pinned] == [(two.public_id, True)]
    clock.shift(1)
    press.pin_entry(blog, one.public_id, by=None)
    assert [row.public_id for row in live() if row.pinned] == [one.public_id]
    clock.shift(1)
    press.pin_entry(blog, one.public_id, by=None, pinned=False)
    assert [row for row in live() if row.pinned] == []
    assert [row.public_id for row in live(NOON + 2 * SECOND) if row.pinned] == [one.public_id]


def test_a_key_event_is_marked_and_unmarked(blog, clock):
    entry = press.post_entry(blog, by=None, body="Eins")
    for wanted in (True, False):
        clock.shift(1)
        press.mark_entry(blog, entry.public_id, by=None, key_event=wanted)
        assert [row.key_event for row in live()] == [wanted]


def test_no_entry_without_a_live_blog_a_text_and_a_sensible_time(blog):
    news = make_live("Nur Nachricht")
    no_blog = "This story is not a live blog. Choose “Live” as its kind, then save it."
    assert refused(press.post_entry, news, body="Eins") == [no_blog]
    assert refused(press.post_entry, blog, body=" <p></p>") == ["The entry has no text."]
    assert refused(press.post_entry, blog, body="x" * 50_001) == [
        "The entry has 50001 characters with its markup; at most 50000 can be posted. Shorten it."
    ]
    [far] = refused(press.post_entry, blog, body="Eins", at=NOON + 8 * DAY)
    assert "is too far away for an entry" in far
    assert live() == []


def test_no_entry_to_a_spiked_withdrawn_or_finished_story(blog, clock):
    desk.save(blog, by=None, values={"live_over": True})
    over = "The coverage is marked as over. Untick that at the story first."
    assert refused(press.post_entry, blog, body="Eins") == [over]
    desk.save(blog, by=None, values={"live_over": False})
    clock.shift(1)
    press.withdraw(blog, by=None, reason="error")
    assert refused(press.post_entry, blog, body="Eins") == ["The story is withdrawn; restore it first."]
    spiked = desk.move(make_story(kind="live"), "spike", by=None)
    assert refused(press.post_entry, spiked, body="Eins") == ["The story is spiked; revive and clear it first."]


@pytest.mark.parametrize("name", ["body", "headline", "pinned", "published_at", "number"])
def test_the_database_refuses_to_change_what_readers_had(blog, name):
    entry = press.post_entry(blog, by=None, body="Eins")
    value = {"published_at": NOON - HOUR, "number": 7, "pinned": True}.get(name, "Anders")
    with pytest.raises(IntegrityError, match="live_entry_is_frozen"), transaction.atomic():
        LiveEntry.objects.filter(pk=entry.pk).update(**{name: value})
    LiveEntry.objects.filter(pk=entry.pk).update(live_until=NOON + HOUR)  # its end may come


def test_the_database_refuses_a_second_open_version(blog):
    entry = press.post_entry(blog, by=None, body="Eins")
    entry.pk, entry.number, entry._state.adding = None, 2, True
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)
