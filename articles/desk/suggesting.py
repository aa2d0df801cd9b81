"""Topics for a text, suggested from what earlier stories were tagged with and from what the text names.

`learn` counts once, for all stories, which words go with which topics, and keeps the best of them as TopicClue;
`suggest` adds up the clues of one text's words in the database. No model, no service, no network.
"""

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from .. import outbox
from ..models import Story, StoryTopic, Topic, TopicAlias, TopicClue
from ..text.html import plain_text
from ..text.topics import likeness
from ..text.words import LONGEST as LONGEST_STEM
from ..text.words import phrases, stems

NEWEST = 200_000  # stories that are learned from; what was written before them says little about today
TOPICS_A_WORD, WORDS_A_TOPIC = 30, 200
CLUES_A_STORY = 140  # words of a story that are counted: those of its head, then the rarest
LONGEST_TEXT = 20_000  # characters of a body that are read
ASKED = 400  # words of a text that are looked up
SURE = 1.5  # stories it takes before a word is believed
_HEAD = "^"  # before the stem of a word in a head
_NAMED = 0.5  # what being named in the text is worth, in shares of the best sum of clues
_NAMED_IN_HEAD = 0.9
_TRUST = "="  # the "word" under which it is kept how far a topic's name in a text means the topic: no stem is like it
_ALWAYS = "*"  # the "word" that every text has: clues to the topics that are used most
DOUBT = 1.0  # standard deviations above chance from which a word and a topic are thought to belong together
PRIOR = 0.05  # what being used often is worth, against the words of a text
_TRUSTED = 3.0  # stories it takes before that is doubted
_PAIRS = 3_000_000  # counted pairs of word and topic that are held at most
_BATCH = 2_000
_TOPICS_AT_ONCE = 200


@dataclass(frozen=True)
class Wording:
    """What is read of a story: its head (headline, kicker, dek) and its body as plain text."""

    head: str
    body: str
    language: str

    @classmethod
    def of(cls, story):
        """Of a working copy (Story, or anything with its fields)."""
        return cls.typed(
            headline=story.headline, kicker=story.kicker, dek=story.dek, body=story.body, language=story.language
        )

    @classmethod
    def typed(cls, *, headline="", kicker="", dek="", body="", language="de"):
        """Of the fields of a form (`body`: HTML)."""
        return cls(
            "\n".join([headline, kicker, dek])[:2_000], plain_text(body[: 4 * LONGEST_TEXT])[:LONGEST_TEXT], language
        )

    @property
    def marks(self):
        """What the text is known by (list of text, no repeats): the stems of its head, marked as such, then of all.

        A word means more in a head than somewhere below; so it is another mark there, and learned by itself.
        """
        head = Counter(stems(self.head, self.language))
        body = Counter(stems(self.body, self.language))
        marked = (f"{_HEAD}{stem}"[:LONGEST_STEM] for stem in head)
        return [*marked, *(stem for stem, _count in (head + body).most_common())]


# Suggesting


def suggest(wording, *, exclude=(), limit=8):
    """Topics in use (list of Topic, the likeliest first) for a text (Wording), without those whose ids to `exclude`.

    Four queries, whatever the number of topics.
    """
    scores = _by_clues(wording)
    top = max(scores.values(), default=1.0)
    for topic_id, share in _by_name(wording).items():
        scores[topic_id] = scores.get(topic_id, 0.0) + share * top
    kept = Topic.objects.in_use().in_bulk(sorted(scores, key=scores.get, reverse=True)[: limit + len(exclude) + 30])
    ranked = sorted(kept.values(), key=lambda topic: (-scores[topic.pk], -topic.uses, topic.name))
    left_out = set(exclude)
    return [topic for topic in ranked if topic.pk not in left_out][:limit]


def _by_clues(wording):
    """Sums of clues by topic id (dict), of the 50 best; one query."""
    asked = [_ALWAYS, *wording.marks][:ASKED]
    clues = TopicClue.objects.filter(word__in=asked).order_by().values("topic").annotate(sum=Sum("weight"))
    return dict(clues.order_by("-sum").values_list("topic", "sum")[:50])


def _by_name(wording):
    """Shares by topic id (dict) for topics whose name or alias stands in the text, bent or not; two queries."""
    in_head, in_body = phrases(wording.head), phrases(wording.body)
    keys = in_head | in_body
    alike = {likeness(key): key for key in sorted(keys, key=in_head.__contains__)}
    # The one ending that is taken for part of a stem: Hafenausbaus.
    alike |= {likeness(key[:-1]): key for key in keys if re.search(r"\w{4}[aeiou]s$", key)}
    trust = TopicClue.objects.filter(topic=OuterRef("pk"), word=_TRUST).values("weight")[:1]
    found = Topic.objects.filter(likeness__in=alike).annotate(trust=Coalesce(Subquery(trust), 1.0))
    named = {}
    for topic_id, kept, like, trust in found.values_list("pk", "merged_into", "likeness", "trust")[:200]:
        named[kept or topic_id] = max(named.get(kept or topic_id, 0), trust * _share(alike[like], in_head))
    for topic_id, key in TopicAlias.objects.filter(key__in=keys | _unbent(keys)).values_list("topic", "key")[:200]:
        named[topic_id] = max(named.get(topic_id, 0), _share(key, in_head))
    return named


def _share(key, in_head):
    return _NAMED_IN_HEAD if key in in_head else _NAMED


def _unbent(keys):
    """The same without the endings of grammar (set)."""
    return {key[: -len(end)] for key in keys for end in ("s", "es", "n", "en") if key.endswith(end) and len(key) > 5}


# Learning


@dataclass(frozen=True)
class Learned:
    """What `learn` did: from how many stories, how many clues for how many topics were kept."""

    stories: int
    topics: int
    clues: int


def learn(*, newest=NEWEST, without=(), pause=lambda: None):
    """Read the `newest` tagged stories (but those whose ids are in `without`) and replace the clues of all topics.

    Holds at most a few million counts in memory, however many stories there are. `pause` is called between batches,
    some seconds apart. Returns Learned.
    """
    read, spread = 0, Counter()
    for _topics, words in _tagged(newest, without, pause):
        read += 1
        spread.update(words)
        spread = _thinned(spread, _PAIRS // 4)
    by_name = _names_of_one_word(spread)
    rarity = {word: math.log(1 + read / count) for word, count in spread.items() if 1 < count <= max(2, read * 0.5)}
    weights = _weights(_tagged(newest, without, pause), rarity, by_name)
    _replace_clues(weights, pause)
    return Learned(read, len({topic for _word, topic in weights}), len(weights))


def _thinned(counts, most):
    """`counts` (Counter) as long as there are no more than `most`; else the half of them, or less, that count most."""
    if len(counts) <= most:
        return counts
    least = 1
    while len(counts) > most // 2:
        counts = Counter({each: count for each, count in counts.items() if count > least})
        least += 1
    return counts


def _replace_clues(weights, pause):
    """Write the clues (dict as from `_weights`), some topics at a time: no transaction lasts long."""
    new = defaultdict(list)
    for (word, topic), weight in weights.items():
        new[topic].append((word, weight))
    topics = sorted({*new, *TopicClue.objects.order_by().values_list("topic", flat=True).distinct()})
    for start in range(0, len(topics), _TOPICS_AT_ONCE):
        some = topics[start : start + _TOPICS_AT_ONCE]
        with transaction.atomic():
            TopicClue.objects.filter(topic__in=some).delete()
            there = Topic.objects.in_use().filter(pk__in=some).values_list("pk", flat=True)
            clues = [TopicClue(word=word, topic_id=pk, weight=weight) for pk in there for word, weight in new[pk]]
            TopicClue.objects.bulk_create(clues, batch_size=5_000)
        pause()


def _tagged(newest, without, pause):
    """(topic ids, words as `Wording.marks`) of the newest stories with topics, streamed."""
    last, left, without = None, newest, set(without)
    while left > 0:
        rows = Story.objects.order_by("-pk").only("headline", "kicker", "dek", "body", "language")
        rows = list((rows.filter(pk__lt=last) if last else rows)[: min(_BATCH, left)])
        if not rows:
            return
        pause()
        last, left = rows[-1].pk, left - len(rows)
        topics = defaultdict(list)
        links = StoryTopic.objects.filter(content_object__in=[story.pk for story in rows])
        for story_id, topic_id in links.values_list("content_object", "tag"):
            topics[story_id].append(topic_id)
        for story in rows:
            if story.pk in topics and story.pk not in without:
                yield topics[story.pk], Wording.of(story).marks


def _names_of_one_word(spread):
    """The topics (ids) whose name is one word that stands in texts, by its stem (dict of lists)."""
    found = defaultdict(list)
    for topic_id, name in Topic.objects.in_use().values_list("pk", "name").iterator(chunk_size=_BATCH):
        own = {stem for language in ("de", "en") for stem in stems(name, language)} if " " not in name.strip() else ()
        for stem in spread.keys() & own:
            found[stem].append(topic_id)
    return found


def _weights(stories, rarity, by_name):
    """The clues worth keeping (dict: (word, topic id) -> weight); `stories` as from `_tagged`."""
    together, of_word, of_topic, named, meant, read = Counter(), Counter(), Counter(), Counter(), Counter(), 0
    worth = 0.0
    for topics, words in stories:
        read += 1
        counted = _counted(words, rarity)
        worth += sum(map(rarity.get, counted))
        of_topic.update(topics)
        of_word.update(counted)
        together.update((word, topic) for word in counted for topic in topics)
        together = _thinned(together, _PAIRS)
        names = [topic for word in by_name.keys() & set(words) for topic in by_name[word]]
        named.update(names)
        meant.update(topic for topic in names if topic in topics)
    weights, worth = {}, worth / max(read, 1)
    for (word, topic), count in together.items():
        expected, n = of_topic[topic] / read, of_word[word]
        share = (count + SURE * expected) / (n + SURE)
        if count - n * expected > DOUBT * math.sqrt(n * expected):
            weights[word, topic] = rarity[word] * (share - expected)
    usual = {(_ALWAYS, topic): PRIOR * worth * count / read for topic, count in of_topic.most_common(TOPICS_A_WORD)}
    trust = {topic: (meant[topic] + _TRUSTED) / (count + _TRUSTED) for topic, count in named.items()}
    return _best(weights) | usual | {(_TRUST, topic): share for topic, share in trust.items() if share < 0.9}


def _counted(words, rarity):
    """The words of a story that are counted (list): those of its head, then the rarest."""
    known = [word for word in words if word in rarity]
    return sorted(known, key=lambda word: (word[0] != _HEAD, -rarity[word]))[:CLUES_A_STORY]


def _best(weights):
    """At most WORDS_A_TOPIC for each topic and of these TOPICS_A_WORD for each word, the strongest."""
    for place, most in ((1, WORDS_A_TOPIC), (0, TOPICS_A_WORD)):
        groups = defaultdict(list)
        for pair, weight in weights.items():
            groups[pair[place]].append((weight, pair))
        weights = {pair: weight for each in groups.values() for weight, pair in sorted(each, reverse=True)[:most]}
    return weights


# Every night


def learn_tonight():
    """Have the worker learn anew in the coming night; asked again on the same day, nothing more happens."""
    night = (timezone.localtime() + timedelta(days=1)).replace(hour=3, minute=0, second=0, microsecond=0)
    outbox.add("learn_topics", key=f"learn_topics/{night:%Y-%m-%d}", payload={}, due_at=night)


@outbox.handles("learn_topics", outside=True)  # it reads for minutes, which no transaction should last
def _learn_again(effect):
    learn_tonight()  # first, and committed: what fails for good tonight is tried anew tomorrow
    learn(pause=lambda: outbox.hold_on(effect))
