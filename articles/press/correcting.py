"""What readers are told when an edition puts something right."""

from dataclasses import dataclass

from ..models import Correction
from ..vocabulary import CorrectionKind, CorrectionPlace


@dataclass(frozen=True)
class Said:
    """What a correction says to readers (text), what it is (CorrectionKind) and where it stands (CorrectionPlace)."""

    text: str
    kind: str = ""
    place: str = ""

    def correction(self, edition, repairs, *, by):
        """The correction (unsaved) that `edition` carries first; `repairs` is the one readers had before, or None."""
        return Correction(
            story_id=edition.story_id,
            story_public_id=edition.public_id,
            repairs=repairs,
            kind=CorrectionKind(self.kind or CorrectionKind.CORRECTION),
            place=CorrectionPlace(self.place or CorrectionPlace.TOP),
            text=self.text.strip(),
            published_at=edition.live_from,
            by=by,
        )
