"""A picture of the library: the private original, what is known about it, and on what ground it may be printed."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..text.ids import new_file_key
from ..vocabulary import PRINTABLE_RIGHTS, Ratio, Rights
from .section import Section

WHOLE = 1000  # positions in a picture are thousandths of its width and height
BANDS = 4  # the likeness of a picture, 64 bits, is kept in so many numbers of 16 bits


class Picture(models.Model):
    """An uploaded picture and what has to be said about it.

    `width` and `height` are those of the picture as it stands upright. Where something is to be seen is given in
    thousandths of width and height from the upper left corner.
    """

    # What came with the file: never changes.
    key = models.CharField(max_length=26, unique=True, default=new_file_key, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    suffix = models.CharField(max_length=5, editable=False)
    size = models.PositiveIntegerField(_("size (bytes)"), editable=False)
    width = models.PositiveIntegerField(_("width (pixels)"), editable=False)
    height = models.PositiveIntegerField(_("height (pixels)"), editable=False)
    colour = models.CharField(_("main colour"), max_length=7, default="#808080", editable=False)
    likeness_1, likeness_2, likeness_3, likeness_4 = (
        models.PositiveIntegerField(default=0, db_index=True, editable=False) for _band in range(BANDS)
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, verbose_name=_("uploaded by")
    )

    # What readers are told.
    title = models.CharField(_("working title"), max_length=120)
    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for readers who do not see it."),
    )
    caption = models.CharField(_("caption"), max_length=1000, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    symbol_photo = models.BooleanField(
        _("symbol photo"), default=False, help_text=_("Does not show the event itself; readers are told so.")
    )

    # What the desk knows.
    creator = models.CharField(_("creator"), max_length=200, blank=True)
    agency = models.CharField(_("agency"), max_length=120, blank=True)
    copyright_notice = models.CharField(_("copyright notice"), max_length=300, blank=True)
    source_url = models.URLField(_("source"), max_length=500, blank=True, help_text=_("Where it was found or bought."))
    place = models.CharField(_("place"), max_length=120, blank=True)
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    section = models.ForeignKey(
        Section, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("section")
    )

    # On what ground it may be printed.
    rights = models.CharField(_("rights"), max_length=12, choices=Rights, default=Rights.UNCLEARED)
    usage_terms = models.CharField(_("usage terms"), max_length=1000, blank=True)
    allowed_from = models.DateTimeField(_("allowed from"), null=True, blank=True)
    allowed_until = models.DateTimeField(_("allowed until"), null=True, blank=True)

    # Where one has to look.
    focal_x = models.PositiveSmallIntegerField(_("focal point, from the left"), default=WHOLE // 2)
    focal_y = models.PositiveSmallIntegerField(_("focal point, from above"), default=WHOLE // 2)

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [
            models.Index(fields=["-uploaded_at", "-id"], name="picture_newest"),
            models.Index(
                fields=["-uploaded_at", "-id"], condition=Q(credit="") | Q(alt=""), name="picture_not_described"
            ),
            models.Index(fields=["creator", "-uploaded_at", "-id"], name="picture_by_creator"),
            models.Index(fields=["agency", "-uploaded_at", "-id"], name="picture_by_agency"),
            models.Index(fields=["section", "-uploaded_at", "-id"], name="picture_by_section"),
            models.Index(fields=["rights", "-uploaded_at", "-id"], name="picture_by_rights"),
            models.Index(fields=["allowed_until"], condition=Q(allowed_until__isnull=False), name="picture_rights_end"),
        ]
        constraints = [
            models.CheckConstraint(
                name="picture_has_size",
                condition=Q(width__gt=0, height__gt=0),
                violation_error_message=_("A picture has a width and a height."),
            ),
            models.CheckConstraint(
                name="picture_allowed_from_before_until",
                condition=Q(allowed_from=None) | Q(allowed_until=None) | Q(allowed_from__lt=F("allowed_until")),
                violation_error_message=_("The rights begin before they end."),
            ),
            models.CheckConstraint(
                name="picture_focal_point_inside",
                condition=Q(focal_x__lte=WHOLE, focal_y__lte=WHOLE),
                violation_error_message=_("The focal point lies inside the picture."),
            ),
        ]

    def __str__(self):
        return self.title

    def is_printable(self, at=None):
        """Whether the newsroom has the rights to print it for readers `at` a moment (aware datetime; None: now)."""
        at = at or timezone.now()
        begun = self.allowed_from is None or self.allowed_from <= at
        over = self.allowed_until is not None and self.allowed_until <= at
        return self.rights in PRINTABLE_RIGHTS and begun and not over


class PictureCrop(models.Model):
    """A crop somebody set by hand for one ratio, instead of the one around the focal point."""

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="crops", db_index=False)
    ratio = models.CharField(_("crop"), max_length=8, choices=[each for each in Ratio.choices if each[0] != "original"])
    left = models.PositiveSmallIntegerField(validators=[MaxValueValidator(WHOLE)])
    top = models.PositiveSmallIntegerField(validators=[MaxValueValidator(WHOLE)])
    width = models.PositiveSmallIntegerField(validators=[MaxValueValidator(WHOLE)])

    class Meta:
        verbose_name = _("crop")
        verbose_name_plural = _("crops")
        constraints = [
            models.UniqueConstraint(
                fields=["picture", "ratio"],
                name="picture_crop_once",
                violation_error_message=_("This crop is set already."),
            ),
            models.CheckConstraint(
                name="picture_crop_inside",
                condition=Q(width__gt=0, left__lte=WHOLE - F("width"), top__lt=WHOLE),
                violation_error_message=_("The crop lies inside the picture."),
            ),
        ]

    def __str__(self):
        return f"{self.picture}: {self.get_ratio_display()}"


class RenditionSet(models.Model):
    """The files readers get of a picture, as it was cropped and credited at a time; editions name one of these.

    The key is the only name of these files: changed crops or another credit make a new set under another key, and
    what was printed keeps its own. `crops` has for each Ratio the box [left, top, width, height] in pixels.
    """

    picture = models.ForeignKey(Picture, models.PROTECT, related_name="rendition_sets", db_index=False)
    key = models.CharField(max_length=26, unique=True, default=new_file_key, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    crops = models.JSONField(editable=False)
    credit = models.CharField(max_length=200, editable=False)
    copyright_notice = models.CharField(max_length=300, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["picture", "digest"], name="rendition_set_once"),
        ]

    def __str__(self):
        return f"{self.picture}: {self.key}"


class PictureWord(models.Model):
    """A word by which a picture is found: of its title, texts, creator, agency and place, folded."""

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="words", db_index=False)
    word = models.CharField(max_length=40, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["picture", "word"], name="picture_word_once")]

    def __str__(self):
        return self.word
