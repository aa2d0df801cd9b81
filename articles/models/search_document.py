"""What the search keeps of each printed edition, beside the words themselves (articles/search says where those are)."""

from django.db import models

from .edition import Edition
from .timeline import Listing


class SearchDocument(Listing):
    """An edition's place in the search index; repeats its times, so that what is live is asked here.

    Written by articles/search when the press prints an edition or moves its times.
    """

    # The time of first publication in milliseconds since 1970, times 2^20, plus a number of its own: the order of
    # the index is the order of lists, and SQLite's full-text table has it as its rowid. Always given, never counted up:
    # only an automatic key is SQLite's own rowid too, and needs no index.
    place = models.BigAutoField(primary_key=True)
    edition = models.OneToOneField(Edition, models.CASCADE, related_name="+", editable=False)
    facets = models.TextField(editable=False)
    gist = models.TextField(editable=False)
    names = models.TextField(editable=False)

    def __str__(self):
        return f"{self.place}: {self.public_id}"
