"""Write down what is to follow."""

from django.utils import timezone

from ..models import Effect


def add(kind, *, key, payload, due_at=None):
    """Write one effect, to be done at `due_at` (aware datetime; None: at once) or soon after.

    Called inside the transaction that causes it: what is rolled back has no effects. `key` (at most 120
    characters) names the effect: under a key that was used before nothing is written. Done effects are
    forgotten after a week (clearing.FORGOTTEN_AFTER), so a key must hold something that never comes again,
    such as the key of a row. `payload` is what the handler needs to know (JSON object).
    """
    if len(key) > Effect._meta.get_field("key").max_length:
        raise ValueError(f"An effect's key is too long: {key[:60]}…")
    effect = Effect(kind=kind, key=key, payload=payload, due_at=due_at or timezone.now())
    Effect.objects.bulk_create([effect], ignore_conflicts=True)
