"""The facets beside the results: what the hits can be narrowed down to, and how many that would leave."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..models import Topic
from ..search import Found
from ..search.document import mark
from ..templatetags.newspaper import language_name
from ..vocabulary import Kind
from .search_filters import Filters
from .shell import Shell

MOST_TOPICS = 8
MOST_YEARS = 5


@dataclass(frozen=True)
class Choice:
    """One value of a facet: its name, how many hits have it, the query that chooses it or takes it back."""

    label: str
    number: int
    query: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Choices:
    """The facets of what was found."""

    filters: Filters
    found: Found
    shell: Shell

    def facets(self, at):
        """Names with their Choices (list of pairs), those that offer nothing left out."""
        facets = [
            (_("Section"), self._sections()),
            (_("Topic"), self._topics()),
            (pgettext("facet", "Kind"), self._kinds()),
            (_("Language"), self._languages()),
            (_("Date"), self._days(at)),
        ]
        return [
            (name, choices) for name, choices in facets if any(each.is_chosen for each in choices) or len(choices) > 1
        ]

    def _sections(self):
        here = self.filters.section
        chosen = [self._chosen(here.name, "section")] if here else []
        below = self.shell.children(here) if here else self.shell.top_level
        return chosen + [
            Choice(each.name, number, self.filters.query(section=each.path))
            for each in below
            if (number := self.found.counts[mark("s", each.pk)])
        ]

    def _topics(self):
        here = self.filters.topic
        if here:
            return [self._chosen(here.name, "topic")]
        counts = {int(each[2:]): number for each, number in self.found.counts.items() if each.startswith("_t")}
        likely = sorted(counts, key=lambda key: (-counts[key], key))[: MOST_TOPICS * 2]
        rows = {}
        for topic in Topic.objects.filter(pk__in=likely).select_related("merged_into"):
            kept = topic.merged_into or topic
            rows[kept.name, kept.slug] = rows.get((kept.name, kept.slug), 0) + counts[topic.pk]
        best = sorted(rows, key=lambda row: (-rows[row], row))[:MOST_TOPICS]
        return [Choice(name, rows[name, slug], self.filters.query(topic=slug)) for name, slug in best]

    def _kinds(self):
        if "kind" in self.filters.values:
            return [self._chosen(Kind(self.filters.values["kind"]).label, "kind")]
        counts = {kind: self.found.counts[mark("k", kind.value)] for kind in Kind}
        return [Choice(kind.label, counts[kind], self.filters.query(kind=kind.value)) for kind in Kind if counts[kind]]

    def _languages(self):
        if "language" in self.filters.values:
            return [self._chosen(language_name(self.filters.values["language"]), "language")]
        counts = {each[2:]: number for each, number in self.found.counts.items() if each.startswith("_l")}
        return [Choice(language_name(code), counts[code], self.filters.query(language=code)) for code in sorted(counts)]

    def _days(self, at):
        if "from" in self.filters.values or "to" in self.filters.values:
            return [Choice(self._span(), len(self.found.keys), self.filters.query(from_=None, to=None), True)]
        today = timezone.localtime(at, self.filters.zone).date()
        spans = [(_("Past 7 days"), 6), (_("Past 30 days"), 29), (_("Past 12 months"), 364)]
        choices = [self._since(label, today - timedelta(days=days)) for label, days in spans]
        years = sorted({day.year for day in self.found.days}, reverse=True)
        choices += [self._year(year) for year in years[:MOST_YEARS]] if len(years) > 1 else []
        return [each for each in choices if each.number > 0]

    def _since(self, label, first):
        number = sum(number for day, number in self.found.days.items() if day >= first)
        return Choice(label, number, self.filters.query(from_=first.isoformat(), to=None))

    def _year(self, year):
        number = sum(number for day, number in self.found.days.items() if day.year == year)
        return Choice(str(year), number, self.filters.query(from_=f"{year}-01-01", to=f"{year}-12-31"))

    def _span(self):
        first, last = (self.filters.values.get(name) for name in ("from", "to"))
        if first and last:
            return _("%(first)s to %(last)s") % {"first": first, "last": last}
        return _("since %(first)s") % {"first": first} if first else _("until %(last)s") % {"last": last}

    def _chosen(self, label, name):
        return Choice(label, len(self.found.keys), self.filters.query(**{name: None}), True)
