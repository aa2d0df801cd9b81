"""How the press and the desk say no."""

from functools import wraps

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _


class Refused(Exception):
    """An act that did not happen, with every reason as a sentence (`reasons`, list of text)."""

    def __init__(self, *reasons):
        super().__init__(" ".join(str(reason) for reason in reasons))
        self.reasons = [str(reason) for reason in reasons]


def refuse_if(reasons):
    """Raises Refused where there are any reasons (iterable of text)."""
    if reasons := list(reasons):
        raise Refused(*reasons)


def act(function):
    """Makes a function one act: all of it happens, or it is refused in sentences.

    Whoever loses a race, at a lock, a deadlock or a constraint of the database, is told so; nothing is
    left half done. Other errors pass through.
    """

    @wraps(function)
    def attempt(*args, **kwargs):
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        except ValidationError as error:
            raise Refused(*error.messages) from error
        except IntegrityError as error:
            raise Refused(
                _("Somebody else changed this story at the same moment. Look at it again, then retry.")
            ) from error
        except OperationalError as error:
            if not _is_lock(error):
                raise
            raise Refused(_("Somebody else is working on this story right now. Try again in a moment.")) from error

    return attempt


def _is_lock(error):
    text = str(error).lower()
    return any(word in text for word in ("locked", "lock timeout", "deadlock", "could not serialize"))
