"""The search's address: what is asked and by what it is narrowed down, read, and written again for links."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import EditionTopic, Section, Topic
from ..search import Question, Unanswerable, read
from ..search.document import mark
from ..vocabulary import Kind

NAMES = ("q", "section", "topic", "kind", "language", "from", "to", "sort", "page")
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Filters:
    """What is asked and what of it is narrowed down. `values` are the parameters of the address (dict of text)."""

    question: Question
    values: dict
    page: int = 1
    section: Section | None = None
    topic: Topic | None = None
    zone: object = field(default_factory=timezone.get_default_timezone)

    @classmethod
    def read(cls, parameters, shell, at):
        """Of the address's parameters (QueryDict); unknown ones mean nothing.

        Raises Unanswerable for one that cannot be understood, Http404 for a section or topic there is not.
        """
        if any(len(parameters.getlist(name)) > 1 for name in NAMES):
            raise Unanswerable(_("Please choose only one of each filter."))
        values = {name: parameters[name] for name in NAMES if parameters.get(name)}
        asked, page = read(values.get("q", "")), _page(values.pop("page", "1"))
        values |= {"q": asked["typed"]}
        filters = cls(Question(**asked), values, page, _section(values, shell), _topic(values, at))
        since, until = filters._times()
        by_date = _one_of(values.get("sort", "relevance"), ("relevance", "date")) == "date"
        narrowed = replace(filters.question, filters=filters._marks(shell), since=since, until=until, by_date=by_date)
        return replace(filters, question=narrowed)

    def _marks(self, shell):
        groups = []
        if self.section:
            groups.append((mark("s", self.section.pk),))
        if self.topic:
            merged = Topic.objects.filter(merged_into=self.topic).values_list("pk", flat=True)
            groups.append(tuple(mark("t", key) for key in [self.topic.pk, *sorted(merged)]))
        if "kind" in self.values:
            groups.append((mark("k", _one_of(self.values["kind"], Kind.values)),))
        if "language" in self.values:
            codes = {section.language for section in shell.sections}
            groups.append((mark("l", _one_of(self.values["language"], codes)),))
        return tuple(groups)

    def _times(self):
        first, last = (_day(self.values.get(name)) for name in ("from", "to"))
        if first and last and first > last:
            raise Unanswerable(_("Please choose an end that is not before the beginning."))
        since = EditionTopic.objects.all().day_bounds(first, self.zone)[0] if first else None
        until = EditionTopic.objects.all().day_bounds(last, self.zone)[1] if last else None
        return since, until

    @property
    def chosen(self):
        """Whether anything narrows the search down."""
        return any(name in self.values for name in ("section", "topic", "kind", "language", "from", "to"))

    @property
    def by_date(self):
        """Whether the newest come first whatever they say."""
        return self.question.by_date

    @property
    def hidden(self):
        """What a form around the search box has to carry along (list of pairs)."""
        return [
            (name, self.values[name])
            for name in ("section", "topic", "kind", "language", "sort")
            if name in self.values
        ]

    @property
    def by_relevance_query(self):
        """The same, best first."""
        return self.query(sort=None)

    @property
    def by_date_query(self):
        """The same, newest first."""
        return self.query(sort="date")

    @property
    def unfiltered_query(self):
        """The same words alone."""
        return self.bare_query(self.question.typed)

    def query(self, **changes):
        """The address's query with these changed (text; None: left out)."""
        values = self.values | {name.rstrip("_"): value for name, value in changes.items()}
        values = {name: values[name] for name in NAMES if values.get(name) and (name, values[name]) != ("page", 1)}
        return urlencode(values)

    def bare_query(self, typed):
        """The query of a search for `typed` alone (text)."""
        return urlencode({"q": typed})


def _page(text):
    if not re.fullmatch(r"[1-9][0-9]{0,2}", text):
        raise Http404
    return int(text)


def _section(values, shell):
    found = shell.by_path.get(values.get("section"))
    if "section" in values and not found:
        raise Http404
    return found


def _topic(values, at):
    """The topic, if any live edition has it: one that only hidden stories have is as unknown as any other."""
    if "topic" not in values:
        return None
    slug = values["topic"]
    row = (
        EditionTopic.objects.live(at).filter(topic__slug=slug).select_related("topic").first()
        if _is_slug(slug)
        else None
    )
    if not row:
        raise Http404
    return row.topic


def _is_slug(text):
    return re.fullmatch(r"[a-z0-9-]{1,80}", text)


def _one_of(value, allowed):
    if value not in allowed:
        raise Unanswerable(_("There is no such filter. Please choose one from the list."))
    return value


def _day(text):
    if not text:
        return None
    try:
        found = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) else None
    except ValueError:
        found = None
    if not found or found.year not in YEARS:
        raise Unanswerable(_("Please write days as year, month and day, such as 2026-11-23."))
    return found
