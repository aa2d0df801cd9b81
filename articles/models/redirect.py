"""Redirects made by hand: an old address of ours, or of a site we had before, and where it leads now."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connections, models, transaction
from django.db.models import F, Q
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..text import addresses
from ..vocabulary import RedirectAnswer

AT_ONCE = 500


class Circle(ValidationError):
    """A redirect would lead back to where it began. `old_path` is where."""

    def __init__(self, old_path, paths):
        self.old_path = old_path
        said = _("“%(path)s” would lead in a circle: %(circle)s. Change or delete one of them.")
        super().__init__(said % {"path": old_path, "circle": " → ".join(paths[:6])})


class RedirectQuerySet(models.QuerySet):
    """Looking one up, and writing them so that every one leads straight to the end."""

    def for_path(self, path):
        """The redirect of a request's path (text), with or without the slash at its end; None where there is none."""
        key = addresses.key(path)
        return self.filter(old_path=key).first() if key else None

    @transaction.atomic
    def write(self, redirects):
        """Write `redirects` (cleaned, each old path once), replacing those of the same old path; all or none.

        What leads to an old path is made to lead to where that one leads, before and after: no target is ever an old
        path, so there are no chains and can be no circles. Raises Circle. Writers wait for each other.
        """
        _one_after_the_other(self.model)
        redirects = list(redirects)
        ends = self.ends_of(redirects)
        for each in redirects:
            each.pk = None
            each._lead_to(ends[each.old_path])
        repointed = [row for row in self._at("target_path", ends) if row.old_path not in ends]
        for row in repointed:
            row._lead_to(ends[row.target_path])
        self.bulk_update(repointed, ["answer", "target", "target_path"], batch_size=AT_ONCE)
        written = ["answer", "target", "target_path", "note", "made_at", "made_by"]
        self.bulk_create(
            redirects, update_conflicts=True, unique_fields=["old_path"], update_fields=written, batch_size=AT_ONCE
        )

    def ends_of(self, redirects):
        """For each old path of `redirects`: (answer, target, target_path) at the end of its chain. Raises Circle."""
        wanted = {each.old_path: each for each in redirects}
        targets = {each.target_path for each in redirects} - {""}
        known = {row.old_path: row for row in self._at("old_path", targets)} | wanted
        ends = {}
        for each in redirects:
            passed, here = [], each
            while here.old_path not in ends and here.target_path in known:
                passed.append(here.old_path)
                here = known[here.target_path]
                if here.old_path in passed:
                    raise Circle(each.old_path, [*passed, here.old_path])
            end = ends.get(here.old_path) or (here.answer, here.target, here.target_path)
            ends |= dict.fromkeys((*passed, here.old_path), end)
        return {path: ends[path] for path in wanted}

    def _at(self, column, paths):
        paths = sorted(paths)
        for start in range(0, len(paths), AT_ONCE):
            yield from self.filter(**{f"{column}__in": paths[start : start + AT_ONCE]})


def _one_after_the_other(model):
    """Until the transaction ends nobody else writes redirects; SQLite lets only one write anyway."""
    connection = connections["default"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {model._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


class Redirect(models.Model):
    """Looked at only where no page answers. Both paths are kept as `text.addresses.key` writes them."""

    old_path = models.CharField(
        _("old address"),
        max_length=addresses.LONGEST_PATH,
        unique=True,
        help_text=_("From its first slash, such as /2019/ferry.html. What follows a question mark does not count."),
        error_messages={"unique": _("There is a redirect for this address already.")},
    )
    answer = models.CharField(_("answer"), max_length=8, choices=RedirectAnswer, default=RedirectAnswer.MOVED)
    target = models.CharField(
        _("leads to"),
        max_length=addresses.LONGEST_TARGET,
        blank=True,
        help_text=_("A page of this site, from its first slash, or an address elsewhere that begins with https://."),
    )
    target_path = models.CharField(max_length=addresses.LONGEST_PATH, blank=True, editable=False, db_index=True)
    note = models.CharField(_("note"), max_length=200, blank=True, help_text=_("Why, for colleagues."))
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("made by"),
    )

    objects = RedirectQuerySet.as_manager()

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["old_path"]
        constraints = [
            models.CheckConstraint(
                name="redirect_leads_away",
                condition=~Q(old_path=F("target_path")),
                violation_error_message=_("A redirect cannot lead to itself."),
            ),
            models.CheckConstraint(
                name="redirect_has_target_unless_gone",
                condition=Q(answer=RedirectAnswer.MOVED) & ~Q(target="")
                | Q(answer=RedirectAnswer.GONE, target="", target_path=""),
                violation_error_message=_("A page that moved has a target, one that is gone has none."),
            ),
            models.CheckConstraint(
                name="redirect_has_old_path",
                condition=Q(old_path__startswith="/") & ~Q(old_path="/"),
                violation_error_message=_("An old address begins with a slash, and is not the front page."),
            ),
        ]

    def __str__(self):
        return self.old_path

    def clean_fields(self, exclude=None):
        """Both addresses in the form in which they are kept. Raises ValidationError with a sentence for each field."""
        wrong = {}
        for name, tidy in (("old_path", self._tidy_old_path), ("target", self._tidy_target)):
            try:
                if name not in (exclude or ()):
                    tidy()
            except addresses.NoAddress as error:
                wrong[name] = str(error)
        if wrong:
            raise ValidationError(wrong)
        super().clean_fields(exclude)

    def _tidy_old_path(self):
        self.old_path = addresses.old_path(self.old_path)

    def _tidy_target(self):
        if self.answer == RedirectAnswer.GONE:
            if self.target:
                raise addresses.NoAddress(_("A page that is gone leads nowhere: leave this empty."))
            self.target = self.target_path = ""
            return
        if not self.target:
            raise addresses.NoAddress(_("Say where the address leads, or that the page is gone."))
        self.target, self.target_path = addresses.target(self.target, site=settings.SITE_URL)
        if self.target_path:
            self.target = _with_slash(self.target, self.target_path)

    def clean(self):
        """Raises Circle where it would lead back to itself."""
        Redirect.objects.ends_of([self])

    def save(self, *args, **kwargs):
        """Saves by `write`; under another old path than before, the row of that one goes. Raises Circle."""
        with transaction.atomic():
            _one_after_the_other(Redirect)  # before anything is written: two that wait for each other would be stuck
            Redirect.objects.filter(pk=self.pk).exclude(old_path=self.old_path).delete()
            Redirect.objects.write([self])
            self.pk = Redirect.objects.values_list("pk", flat=True).get(old_path=self.old_path)

    def _lead_to(self, end):
        self.answer, self.target, self.target_path = end


def _with_slash(target, path):
    """A target of ours as its page is addressed: with the slash at its end where only that is a page."""
    parts = urlsplit(target)
    if parts.path.endswith("/") or _is_page(path) or not _is_page(f"{path}/"):
        return target
    return parts._replace(path=f"{parts.path}/").geturl()


def _is_page(path):
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
