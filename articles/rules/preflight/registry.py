"""The rules: what each is called, what it is for, how much it weighs unless a section says otherwise."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext_lazy as _

from ...vocabulary import Level
from . import days, leftovers, missing, structure, voices
from .finding import MOST, Remark


@dataclass(frozen=True)
class Rule:
    """One rule: `check` takes a Copy and gives Findings; `name` is how the database knows it.

    `by_day` says that the answer hangs on the day the story goes out, so that it is not known before that is.
    """

    name: str
    label: str
    explain: str
    level: str
    check: Callable
    by_day: bool = False


_REQUIRED, _RECOMMENDED, _OFF = Level.REQUIRED, Level.RECOMMENDED, Level.OFF
RULES = {
    rule.name: rule
    for rule in (
        Rule(
            "placeholder",
            _("Placeholders"),
            _("TK, XXX, ??? or […] left in any text readers get."),
            _REQUIRED,
            leftovers.placeholders,
        ),
        Rule(
            "alt",
            _("Alternative text"),
            _("Every picture is described for readers who do not see it."),
            _REQUIRED,
            missing.alternative_text,
        ),
        Rule(
            "picture_credit",
            _("Picture credit"),
            _("Every picture says who made it."),
            _REQUIRED,
            missing.picture_credit,
        ),
        Rule(
            "opinion_author",
            _("Author of an opinion"),
            _("An opinion names its author."),
            _REQUIRED,
            voices.opinion_author,
        ),
        Rule(
            "unlabelled_opinion",
            _("Unlabelled opinion"),
            _("News neither calls itself a comment nor speaks as “I” outside quotations."),
            _RECOMMENDED,
            voices.unlabelled_opinion,
        ),
        Rule("topic", _("Topics"), _("The story has a topic."), _RECOMMENDED, missing.topics),
        Rule("dek", _("Dek"), _("The story has a dek."), _RECOMMENDED, missing.dek),
        Rule(
            "headline_length",
            _("Length of the headline"),
            _("At most 90 characters, no word longer than 30: what the front has room for."),
            _RECOMMENDED,
            missing.headline_length,
        ),
        Rule(
            "weekday",
            _("Weekday and date"),
            _("A weekday beside a date is the right one. Without a year, the nearest is meant."),
            _RECOMMENDED,
            days.weekdays,
            by_day=True,
        ),
        Rule(
            "passing_day",
            _("“Today” on another day"),
            _("No “today”, “yesterday” or “tomorrow” in a story that goes out on another day than it was written."),
            _RECOMMENDED,
            days.passing_words,
            by_day=True,
        ),
        Rule(
            "headings",
            _("Order of subheads"),
            _("Subheads go down one level at a time and have text under them."),
            _RECOMMENDED,
            structure.headings,
        ),
        Rule(
            "attribution",
            _("Attribution of quotes"),
            _("A quote set apart says whose words it is."),
            _RECOMMENDED,
            voices.attribution,
        ),
        Rule(
            "quotation_marks",
            _("Quotation marks"),
            _("Every quotation that is opened is closed in the same paragraph."),
            _RECOMMENDED,
            leftovers.quotation_marks,
        ),
        Rule(
            "names",
            _("Spelling of names"),
            _("A name is spelled one way, and as in the bylines and topics."),
            _RECOMMENDED,
            voices.names,
        ),
        Rule("links", _("Secure links"), _("Links and addresses begin with https."), _RECOMMENDED, structure.links),
        Rule(
            "slug",
            _("Slug"),
            _("No other story readers have in this section has the same slug."),
            _RECOMMENDED,
            structure.slug,
        ),
        Rule(
            "doubled_word",
            _("Doubled words"),
            _("No word stands twice in a row."),
            _RECOMMENDED,
            leftovers.doubled_words,
        ),
        Rule(
            "alt_repeats",
            _("Alternative text and caption"),
            _("The alternative text says something else than the caption."),
            _RECOMMENDED,
            missing.alternative_repeats,
        ),
        Rule(
            "straight_marks",
            _("Typographic marks"),
            _("Quotation marks and apostrophes are typographic."),
            _OFF,
            leftovers.straight_marks,
        ),
    )
}


def findings_for(copy, levels=None):
    """What speaks against a Copy (list of Remark): what blocks first, then in the order of RULES.

    `levels` (dict of rule name and Level) says how much each rule weighs here; those it does not name weigh
    what they weigh by default. Of each rule the first MOST findings are told.
    """
    levels = levels or {}
    remarks = []
    for rule in RULES.values():
        level = levels.get(rule.name, rule.level)
        if level != Level.OFF:
            remarks += [
                Remark(rule.name, level, found) for found in islice(_once(islice(rule.check(copy), 50 * MOST)), MOST)
            ]
    return sorted(remarks, key=lambda remark: not remark.blocks)


def _once(findings):
    seen = set()
    for found in findings:
        if found not in seen:
            seen.add(found)
            yield found
