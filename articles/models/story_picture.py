"""Which pictures stand in the text of a working copy."""

from django.db import models

from .picture import Picture


class StoryPicture(models.Model):
    """A picture in a story's text; written with the text, so that it tells where a picture is used."""

    story = models.ForeignKey("articles.Story", models.CASCADE, related_name="text_pictures", db_index=False)
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="in_texts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "picture"], name="story_picture_once")]

    def __str__(self):
        return f"{self.story}: {self.picture}"
