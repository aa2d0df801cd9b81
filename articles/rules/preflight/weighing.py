"""How much each rule weighs where: what a section sets holds for all below it that set nothing themselves."""

from django.db.models import Q

from ...models import PreflightLevel
from .registry import RULES


def levels_for(section):
    """The level of every rule in `section` (Section; None: everywhere), by one query (dict of name and Level)."""
    return {name: level for name, (level, _path) in weighed(section).items()}


def weighed(section):
    """The same with the path of the section that sets it: "" the newspaper, None nobody, the default holds."""
    levels = {name: (rule.level, None) for name, rule in RULES.items()}
    where = Q(section__isnull=True)
    if section:
        where |= Q(section__path__in=section.lineage)
    rows = PreflightLevel.objects.filter(where, rule__in=RULES).values_list("rule", "level", "section__path")
    for name, level, path in sorted(rows, key=lambda row: len(row[2] or "")):
        levels[name] = (level, path or "")
    return levels
