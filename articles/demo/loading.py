"""Puts the demo newsroom into the database, through the same verbs an editor uses."""

import io
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta

from django.utils import timezone

from .. import desk, press
from ..media import take_in
from ..models import Contributor, Effect, ImportedItem, Page, Picture, Section, Story, Topic, TopicAlias
from ..text.html import clean_body, shorten
from ..vocabulary import Change, Rights, Stage
from .accounts import make_accounts
from .content import read_honesty, read_live, read_newsroom, read_stories
from .fronts import launch_front
from .honesty import as_first_printed, make_changes, make_policies, make_replies
from .markup import to_html, with_pictures
from .paint import paint

SOURCE = "demo"


def load(*, report=lambda text: None, paint_size=(1600, 900)):
    """Load what is missing of the demo; says how many stories were new. `report` is told what goes on (text)."""
    newsroom = read_newsroom()
    _make_sections(newsroom["section"])
    _make_topics(newsroom["topic"])
    _make_contributors(newsroom["contributor"])
    _make_pages(newsroom["page"])
    honesty = read_honesty()
    make_policies(honesty["page"], honesty["masthead"]["people"])
    users = make_accounts()
    known = set(ImportedItem.objects.filter(source=SOURCE).values_list("guid", flat=True))
    missing = [each for each in read_stories() if each.stem not in known]
    if missing:
        report(f"Painting and publishing {len(missing)} demo stories …")
        _Loader(users, missing, paint_size, honesty).run()
    launch_front(users["chief"])
    return len(missing)


def _make_sections(rows):
    for row in rows:
        above, _slash, slug = row["path"].rpartition("/")
        Section.objects.get_or_create(
            path=row["path"],
            defaults={
                "slug": slug,
                "parent": Section.objects.get(path=above) if above else None,
                "name": row["name"],
                "language": row["language"],
                "description": row["description"],
                "responsible_person": row["responsible"],
                "position": row["position"],
            },
        )


def _make_topics(rows):
    for row in rows:
        topic = Topic.objects.for_name(row["name"])
        if not topic.description:
            topic.kind, topic.description = row["kind"], row["description"]
            topic.introduction = clean_body(to_html(row["introduction"])) if "introduction" in row else ""
            topic.save()
        for alias in row.get("aliases", []):
            if not Topic.objects.called(alias):
                TopicAlias.objects.create(topic=topic, name=alias)


def _make_contributors(rows):
    for row in rows:
        person = Contributor.objects.named(row["name"], kind=row["kind"])
        if not person.bio and row["bio"]:
            person.has_page, person.job, person.bio = row["page"], row["job"], row["bio"]
            person.save()


def _make_pages(rows):
    for row in rows:
        Page.objects.filter(slug=row["slug"], body="").update(
            title=row["title"], language=row["language"], body=clean_body(to_html(row["body"]))
        )


def draw(motif, seed, size):
    """A painted picture as the bytes of a PNG; runs in a process of its own."""
    out = io.BytesIO()
    paint(motif, seed, size).save(out, "PNG", compress_level=1)
    return out.getvalue()


class _Loader:
    """Writes the missing stories, oldest first, and brings each into its state."""

    def __init__(self, users, missing, paint_size, honesty):
        self.users, self.paint_size, self.honesty = users, paint_size, honesty
        self.missing = sorted(missing, key=lambda each: -each.facts["hours_ago"])
        self.now, self.live = timezone.now(), read_live()
        self.stories = {
            item.guid: item.story for item in ImportedItem.objects.filter(source=SOURCE).select_related("story")
        }

    def run(self):
        pictures = self._paint_all()
        for each in self.missing:
            own = {number: picture for (stem, number), picture in pictures.items() if stem == each.stem}
            self.stories[each.stem] = self._write(each, own.pop(0, None), [own[number].key for number in sorted(own)])
        for each in self.missing:
            related = [self.stories[stem] for stem in each.facts["related"] if stem in self.stories]
            desk.save(self.stories[each.stem], by=self.users["reporter"], values={"related": related})
        for each in self.missing:
            self._bring_into_state(each, self.stories[each.stem])
            make_changes(self.stories[each.stem], self._changes(each), by=self.users["chief"])
            ImportedItem.objects.create(source=SOURCE, guid=each.stem, digest="", story=self.stories[each.stem])
        fresh = {each.stem: self.stories[each.stem] for each in self.missing}
        make_replies(self.honesty["reply"], fresh, by=self.users["chief"])
        self._tell_nobody()

    def _changes(self, each):
        return [change for change in self.honesty["change"] if change["story"] == each.stem]

    def _tell_nobody(self):
        """What was loaded happened, as the demo tells it, long ago: no mail follows from it."""
        now = timezone.now()
        told = Effect.objects.waiting().exclude(kind="renditions")
        told.filter(made_at__gte=self.now, due_at__lte=now).update(done_at=now)

    def _paint_all(self):
        wanted = {
            (each.stem, number): picture
            for each in self.missing
            for number, picture in enumerate([each.facts.get("picture"), *each.facts.get("pictures", ())])
            if picture
        }
        with ProcessPoolExecutor() as pool:
            jobs = {place: pool.submit(draw, p["motif"], p["seed"], self.paint_size) for place, p in wanted.items()}
            painted = {place: job.result() for place, job in jobs.items()}
        return {place: self._take_in(painted[place], place, picture) for place, picture in wanted.items()}

    def _take_in(self, raw, place, picture) -> Picture:
        said = {name: picture[name] for name in ("alt", "caption", "credit")}
        creator = picture["credit"].rpartition(": ")[2]
        stem, number = place
        title = shorten(picture["alt"], limit=60) if number else stem[3:].replace("-", " ")
        said |= {"title": title, "creator": creator, "rights": Rights.OWN}
        return take_in(raw, by=self.users["pictures"], keep_similar=True, **said)[0]

    def _write(self, each, picture, keys):
        facts = each.facts
        values = {
            name: facts[name]
            for name in (
                "headline",
                "kicker",
                "dek",
                "slugline",
                "language",
                "kind",
                "urgency",
                "topics",
                "dateline",
            )
        }
        values |= {
            "source": facts["source"],
            "seo_title": facts["seo_title"],
            "seo_description": facts["seo_description"],
        }
        values |= {
            "body": as_first_printed(with_pictures(each.body, keys), self._changes(each)),
            "section": Section.objects.get(path=facts["section"]),
            "further_sections": list(Section.objects.filter(path__in=facts["further_sections"])),
            "bylines": [(Contributor.objects.get(name=name), credit) for name, credit in facts["bylines"]],
            "lead_picture": picture,
            "slug": each.stem[3:],
            "live_over": self.live.get(each.stem, {}).get("over", False),
        }
        if facts["translation_of"] in self.stories:
            values["translation_key"] = self.stories[facts["translation_of"]].translation_key
        if facts["state"] == "embargoed":
            values["embargo_until"] = self.now - timedelta(hours=facts["hours_ago"])
        if facts["state"] in ("pitch", "draft", "submitted", "cleared"):
            values["due_at"] = (self.now + timedelta(hours=30)).replace(minute=0, second=0, microsecond=0)
        return desk.start(by=self.users["reporter"], values=values, stage=_first_stage(facts["state"]))

    def _bring_into_state(self, each, story):
        state, chief = each.facts["state"], self.users["chief"]
        if state in ("pitch", "draft"):
            return
        desk.move(story, "submit", by=self.users["reporter"])
        if state == "submitted":
            return
        desk.move(story, "clear", by=chief)
        if state == "cleared":
            return
        at = self.now - timedelta(hours=each.facts["hours_ago"])
        if at > self.now:
            press.schedule(story, by=chief, at=at)
            return
        press.publish(story, by=chief, published_at=at)
        for entry in self.live.get(each.stem, {}).get("entry", ()):
            _post(story, entry, by=chief, at=at + timedelta(minutes=entry["minutes"]))
        _AFTERWARDS.get(state, lambda *_: None)(story, chief, each.facts["note"])


def _post(story, entry, *, by, at):
    press.post_entry(
        story,
        by=by,
        at=at,
        body=entry["text"],
        headline=entry.get("headline", ""),
        contributor=Contributor.objects.get(name=entry["by"]),
        key_event=entry.get("key", False),
        pinned=entry.get("pinned", False),
    )


def _first_stage(state):
    return Stage.PITCH if state == "pitch" else Stage.DRAFT


def _update(story, by, note):
    desk.save(story, by=by, values={"body": Story.objects.get(pk=story.pk).body + to_html(note)})
    press.publish(story, by=by, change=Change.UPDATE, note=note)


def _withdraw(story, by, note):
    press.withdraw(story, by=by, reason="error", notice=note)


def _expire(story, by, note):
    # An end has to lie in the future when it is set; this one does, for a moment.
    press.set_end(story, by=by, at=timezone.now() + timedelta(seconds=0.2))
    time.sleep(0.25)


def _change(story, by, note):
    desk.save(story, by=by, values={"body": Story.objects.get(pk=story.pk).body + to_html(note)})


_AFTERWARDS = {
    "updated": _update,
    "withdrawn": _withdraw,
    "expired": _expire,
    "changed": _change,
}
