"""The search over what readers get: which editions answer a question, what it could become, what was meant.

`interface.SearchIndex` is all that the rest of the house knows; `the_index()` is the one in use. Both databases keep
the same words (`document.py`), cut and stemmed by ourselves (`text/tokens.py`), and rank by the same rule
(`ranking.py`), so both give the same results. Who may see what when is asked of `SearchDocument.objects.live(at)`
alone. The press adds editions as it prints them; `views/search.py` asks. This room never sees a Story.
"""

from .choosing import the_index
from .interface import MOST, Found, SearchIndex, Suggestion
from .question import LONGEST, Question, Unanswerable, read

__all__ = ["LONGEST", "MOST", "Found", "Question", "SearchIndex", "Suggestion", "Unanswerable", "read", "the_index"]
