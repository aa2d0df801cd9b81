"""Preview links as verbs: what they show, how they end, what comes back through them."""

import re

import pytest
from cast import DAY, HOUR, NOON, SECOND, make_cleared, make_contributor, make_live, make_story, make_user, rewrite
from django.contrib.auth.hashers import check_password
from painted import painted_picture

from articles import desk, press
from articles.desk import visiting
from articles.desk.revising import thin
from articles.desk.sharing import address_of, find, share, text_of, unshare
from articles.models import Effect, Note, PreviewLink, PreviewVisit, Revision, StoryEvent
from articles.rules.refusal import Refused
from articles.text.browsers import browser_name
from articles.vocabulary import Act, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker(clock):
    return make_user("chief")


def token_of(link):
    return address_of(link).rstrip("/").rpartition("/")[2]


def said_by(refused):
    return refused.value.reasons


def test_a_link_shows_the_working_copy_as_it_was_when_the_link_was_made(maker):
    story = make_story("Erste Fassung", dek="So war es.", topics=["Hafen"])
    link = share(story, by=maker, name="Dr. Weber")
    rewrite(story, "Ganz anders.", headline="Zweite Fassung")
    shown = text_of(PreviewLink.objects.get(pk=link.pk))
    assert (shown.headline, shown.dek, "Ganz anders." in shown.body) == ("Erste Fassung", "So war es.", False)
    assert [topic["name"] for topic in shown.topics] == ["Hafen"]
    assert [(line["name"], line["credit"]) for line in shown.bylines] == [("Ada Brook", "text")]
    assert (link.revision, link.edition) == (1, None)


def test_what_is_shown_is_what_printing_that_revision_would_have_given(maker, clock):
    picture = painted_picture("harbour")
    person = make_contributor("Uwe Kamp", has_page=True, job="Reporter")
    story = make_story(lead_picture=picture, picture_caption="Hier.", bylines=[(person, "text")], kind="sponsored")
    desk.save(story, by=None, values={"body": "<p>Ein <a href='https://a.example'>Link</a>.</p>"})
    printed = press.preview(story)
    shown = text_of(share(story, by=maker, name="X"))
    names = set(shown.FROZEN) - {"printed_by_id"}
    assert {name: getattr(shown, name) for name in names} == {name: getattr(printed, name) for name in names}


def test_a_story_that_came_without_a_revision_gets_one_to_show(maker):
    story = make_story("Aus dem Archiv")
    Revision.objects.filter(story=story).delete()
    link = share(story, by=maker, name="X")
    assert Revision.objects.filter(story=story).values_list("number", flat=True).get() == link.revision
    assert text_of(link).headline == "Aus dem Archiv"


def test_the_marks_of_notes_are_not_shown(maker):
    story = make_story()
    note = Note.objects.create(story=story, by=maker, text="Stimmt das?")
    desk.save(story, by=None, values={"body": f'<p>Ein <mark data-note="{note.key}">Satz</mark>.</p>'})
    link = share(story, by=maker, name="X")
    assert note.key in Revision.objects.get(story=story, number=link.revision).content["body"]  # there is one to hide
    assert text_of(link).body == "<p>Ein Satz.</p>"


def test_a_text_readers_have_had_keeps_its_date_and_the_corrections_of_its_time(maker, clock):
    story = make_live()
    clock.shift(DAY)
    link = share(rewrite(story, "Neu."), by=maker, name="X")
    clock.shift(HOUR)
    press.publish(story, by=None, change="correction", note="Es war falsch.")
    shown = text_of(PreviewLink.objects.get(pk=link.pk))
    assert (shown.published_at, shown.corrections) == (NOON, [])
    later = share(rewrite(story, "Noch neuer."), by=maker, name="Y")
    assert [note["text"] for note in text_of(later).corrections] == ["Es war falsch."]


def test_an_edition_is_shown_as_it_was_printed(maker, clock):
    story = make_cleared("Für morgen")
    edition = press.schedule(story, by=None, at=NOON + DAY)
    link = share(story, by=maker, name="X", edition=edition)
    rewrite(story, "Anders.", headline="Danach geändert")
    assert text_of(PreviewLink.objects.get(pk=link.pk)) == edition
    assert (link.edition, link.revision) == (edition, None)


def test_a_link_lasts_72_hours_unless_another_time_is_given(maker, clock):
    story = make_story()
    link, short = share(story, by=maker, name="X"), share(story, by=maker, name="Y", hours=1)
    assert (link.ends_at - link.made_at, short.ends_at - short.made_at) == (72 * HOUR, HOUR)
    assert find(token_of(link)) == link
    clock.move_to(NOON + 72 * HOUR - SECOND)
    assert find(token_of(link)) == link
    clock.move_to(NOON + 72 * HOUR)
    assert find(token_of(link)) is None


def test_a_revoked_link_shows_nothing_and_is_revoked_once(maker, clock):
    story = make_story()
    link = share(story, by=maker, name="X")
    unshare(link, by=maker)
    assert find(token_of(link)) is None
    link.refresh_from_db()
    assert (link.revoked_at, link.revoked_by) == (NOON, maker)
    with pytest.raises(Refused) as refused:
        unshare(link, by=maker)
    assert said_by(refused) == ["The link was revoked already."]
    assert list(StoryEvent.objects.filter(act__in=[Act.SHARED, Act.UNSHARED]).values_list("act", "by", "note")) == [
        (Act.UNSHARED, maker.pk, "X"),
        (Act.SHARED, maker.pk, "X"),
    ]


@pytest.mark.parametrize("what", ["maker", "staff", "spiked", "withdrawn"])
def test_a_link_goes_silent_with_its_maker_its_story_or_its_edition(maker, clock, what):
    story = make_live() if what == "withdrawn" else make_story()
    edition = story.editions.get() if what == "withdrawn" else None
    link = share(story, by=maker, name="X", edition=edition)
    assert find(token_of(link)) == link
    if what == "maker":
        type(maker).objects.filter(pk=maker.pk).update(is_active=False)
    elif what == "staff":
        type(maker).objects.filter(pk=maker.pk).update(is_staff=False)
    elif what == "spiked":
        desk.move(story, "spike", by=None)
    else:
        press.withdraw(story, by=None, reason="legal")
    clock.shift(SECOND)
    assert find(token_of(link)) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-1],
        lambda token: token + "A",
        lambda token: "0" * 26 + token[26:],
        lambda token: token.replace(".", ":"),
        lambda token: token.partition(".")[0],
        lambda token: "",
        lambda token: "\x00" + token,
        lambda token: "é" * 80,
        lambda token: "a" * 100_000,
    ],
)
def test_a_token_that_was_touched_finds_nothing(maker, change):
    assert find(change(token_of(share(make_story(), by=maker, name="X")))) is None


def test_a_ticket_is_no_token_and_a_token_no_ticket(maker):
    link = share(make_story(), by=maker, name="X")
    assert (find(visiting.ticket_of(link)), visiting.seen_by_ticket(token_of(link))) == (None, None)
    assert (find(token_of(link)), visiting.seen_by_ticket(visiting.ticket_of(link))) == (link, link)


def test_a_ticket_ends_after_twelve_hours_and_with_its_link(maker, clock):
    link = share(make_story(), by=maker, name="X")
    ticket = visiting.ticket_of(link)
    clock.move_to(NOON + 12 * HOUR)
    assert visiting.seen_by_ticket(ticket) == link
    clock.move_to(NOON + 12 * HOUR + SECOND)
    assert visiting.seen_by_ticket(ticket) is None
    clock.move_to(NOON)
    unshare(link, by=maker)
    assert visiting.seen_by_ticket(ticket) is None


def test_links_are_refused_in_sentences_and_nothing_is_kept(maker, clock):
    story, spiked, gone = make_story(), make_story(), make_live()
    desk.move(spiked, "spike", by=None)
    edition = gone.editions.get()
    other = make_live().editions.get()
    press.withdraw(gone, by=None, reason="legal")
    clock.shift(SECOND)
    rewrite(story, "Neu.")
    before = StoryEvent.objects.count()
    tries = {
        "The story is spiked; revive it first.": (spiked, {}),
        "The story is withdrawn: none of its editions is shown to anybody. Share the working copy instead.": (
            gone,
            {"edition": edition},
        ),
        "This edition is no longer scheduled. Choose another text.": (story, {"edition": other}),
        "Say for whom the link is.": (story, {"name": " \x00\n"}),
        "The name is too long: write at most 120 characters.": (story, {"name": "x" * 121}),
        "A link lasts at least 1 hour and at most 30 days.": (story, {"hours": 721}),
        "A passphrase has at least 6 characters and at most 100.": (story, {"passphrase": "kurz"}),
        "Somebody saved this story at 23.11.2026 13:00:01 +01:00, while you were writing.": (story, {"version": 1}),
    }
    for sentence, (which, wishes) in tries.items():
        with pytest.raises(Refused) as refused:
            share(which, by=maker, **({"name": "X"} | wishes))
        assert said_by(refused) == [sentence]
    assert (PreviewLink.objects.count(), StoryEvent.objects.count()) == (0, before)


def test_a_cancelled_edition_is_not_shared_any_more(maker):
    story = make_cleared()
    edition = press.schedule(story, by=None, at=NOON + DAY)
    press.cancel(story, by=None)
    edition.refresh_from_db()
    with pytest.raises(Refused):
        share(story, by=maker, name="X", edition=edition)


def test_a_story_has_no_more_than_fifty_open_links(maker):
    story = make_story()
    links = [share(story, by=maker, name="X") for _number in range(50)]
    with pytest.raises(Refused) as refused:
        share(story, by=maker, name="X")
    assert said_by(refused) == ["50 links to this story are open already. Revoke some first."]
    unshare(links[0], by=maker)
    assert share(story, by=maker, name="X").pk


def test_thinning_old_revisions_keeps_the_ones_that_links_show(maker, clock):
    story = make_story()
    kept = share(story, by=maker, name="X")
    dropped = share(rewrite(story, "Zwei."), by=maker, name="Y")
    unshare(dropped, by=maker)
    for number in range(3, 206):
        rewrite(story, f"Fassung {number}.")
    thin(story)
    assert sorted(Revision.objects.filter(story=story).values_list("number", flat=True))[:3] == [1, 5, 6]
    assert text_of(PreviewLink.objects.get(pk=kept.pk)).headline == story.headline


# The passphrase


def test_a_passphrase_is_kept_only_as_a_hash(maker):
    link = share(make_story(), by=maker, name="X", passphrase="Kai und Kran")
    assert "Kran" not in link.passphrase
    assert check_password("Kai und Kran", link.passphrase)


def test_five_wrong_passphrases_close_the_door_for_fifteen_minutes(maker, clock):
    link, other = (share(make_story(), by=maker, name="X", passphrase="Kai und Kran") for _ in range(2))
    assert [visiting.passphrase_fits(link, "falsch") for _ in range(4)] == [False] * 4
    assert visiting.passphrase_fits(link, "Kai und Kran") is True
    assert visiting.passphrase_fits(link, "falsch") is False
    for given in ("falsch", "Kai und Kran"):
        with pytest.raises(Refused) as refused:
            visiting.passphrase_fits(link, given)
        assert said_by(refused) == [
            "The passphrase was wrong too often. Try again in 15 minutes, or ask who sent you the link."
        ]
    assert visiting.passphrase_fits(other, "Kai und Kran") is True
    clock.shift(15 * 60 + 1)
    assert visiting.passphrase_fits(link, "Kai und Kran") is True


# Who opened it


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1"


def test_a_browser_is_named_without_version_or_device():
    named = [browser_name(each) for each in (FIREFOX, EDGE, IPHONE, "curl/8.5", "", "\x00\xff<b>")]
    assert named == ["Firefox, Linux", "Edge, Windows", "Safari, iPhone", "curl", "", ""]


def test_each_opening_is_counted_and_the_rows_are_bounded(maker, clock, monkeypatch):
    monkeypatch.setattr(visiting, "KEPT_VISITS", 3)
    link = share(make_story(), by=maker, name="X")
    for _number in range(5):
        clock.shift(SECOND)
        visiting.opened(link, user_agent=FIREFOX)
    link.refresh_from_db()
    assert link.opened == 5
    seen = [(each.at - NOON).total_seconds() for each in link.visits.order_by("at")]
    assert seen == [1, 2, 5]


# What comes back


def test_an_approval_becomes_a_note_and_tells_who_made_the_link(maker, clock):
    story = make_story()
    link = share(story, by=maker, name="Dr. Weber", asks_answer=True)
    note = visiting.answer(link, says="approve", text="")
    assert (note.story, note.by, note.outsider, note.at) == (story, None, "Dr. Weber", NOON)
    assert re.fullmatch(r"\S.*\b1\b.*\.", note.text)  # says which text, in the newsroom's language
    mail = Effect.objects.get(kind="mail").payload
    assert (mail["mail"], mail["story"], mail["user"], mail["by"]) == ("note", story.pk, maker.pk, None)
    event = StoryEvent.objects.get(act=Act.NOTED)
    assert (event.by, event.note) == (None, f"Dr. Weber: {note.text}")
    assert list(link.visits.values_list("answer", flat=True)) == ["approve"]


def test_a_comment_is_kept_word_for_word_without_control_characters(maker):
    link = share(make_story(), by=maker, name="X", asks_answer=True)
    note = visiting.answer(link, says="comment", text="  Zeile\r\nZwei\x00 <b>fett</b>\u202e  ")
    assert note.text.partition("\n")[2] == "Zeile\nZwei <b>fett</b>"


def test_an_answer_sent_twice_is_one(maker):
    link = share(make_story(), by=maker, name="X", asks_answer=True)
    first = visiting.answer(link, says="comment", text="Gut so.")
    assert visiting.answer(link, says="comment", text="Gut so.") == first
    assert (Note.objects.count(), PreviewVisit.objects.count(), Effect.objects.count()) == (1, 1, 1)


def test_answers_are_refused_in_sentences(maker):
    story = make_story()
    asked, unasked = (share(story, by=maker, name=name, asks_answer=name == "A") for name in "AB")
    tries = [
        (unasked, "approve", "", "Choose an answer: approve the text, or comment on it."),
        (asked, "", "Hm", "Choose an answer: approve the text, or comment on it."),
        (asked, "comment", " \x00 ", "Write your comment."),
        (asked, "comment", "x" * 4001, "Your text has 4001 characters; 4000 are possible. Shorten it."),
    ]
    for link, says, text, sentence in tries:
        with pytest.raises(Refused) as refused:
            visiting.answer(link, says=says, text=text)
        assert said_by(refused) == [sentence]
    assert Note.objects.count() == 0


def test_a_link_takes_twenty_answers(maker):
    link = share(make_story(), by=maker, name="X", asks_answer=True)
    for number in range(20):
        visiting.answer(link, says="comment", text=f"Nummer {number}")
    with pytest.raises(Refused) as refused:
        visiting.answer(link, says="comment", text="Noch eins")
    assert said_by(refused) == ["You have answered 20 times; the newsroom has them all."]
    assert Note.objects.count() == 20


def test_the_stage_of_the_story_is_not_changed_by_any_of_it(maker):
    story = make_story()
    link = share(story, by=maker, name="X", asks_answer=True)
    visiting.opened(link, user_agent="")
    visiting.answer(link, says="approve", text="Gut.")
    story.refresh_from_db()
    assert (story.stage, story.version, story.editions.count()) == (Stage.DRAFT, 1, 0)


def test_a_link_that_is_revoked_between_looking_and_acting_counts_keeps_and_shows_nothing(maker):
    link = share(make_story(), by=maker, name="X", asks_answer=True)
    found = find(token_of(link))
    assert visiting.opened(found, user_agent="Firefox")  # control
    unshare(link, by=maker)
    assert visiting.opened(found, user_agent="Firefox") is False
    assert visiting.answer(found, says="comment", text="Zu spät.") is None
    assert (PreviewLink.objects.get().opened, PreviewVisit.objects.count(), Note.objects.count()) == (1, 1, 0)


def test_an_edition_cancelled_since_it_was_looked_at_is_not_shared(maker):
    story = make_cleared()
    edition = press.schedule(story, by=None, at=NOON + DAY)
    press.cancel(story, by=None)
    assert edition.live_from == NOON + DAY  # as whoever asks still has it
    with pytest.raises(Refused) as refused:
        share(story, by=maker, name="X", edition=edition)
    assert said_by(refused) == ["This edition is no longer scheduled. Choose another text."]
    assert PreviewLink.objects.count() == 0
