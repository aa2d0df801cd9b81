"""What is asked for a right of reply: the words as they came in, and later when and why it ends."""

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from ...models import Reply
from ...rules.readiness import desk_time
from ..fields import WallTimeField
from .act_forms import NoteForm

LONGEST = 20_000  # characters: several times what a court would call of appropriate length


class ReplyForm(NoteForm):
    """Who replies, and what, word for word."""

    party = forms.CharField(
        label=gettext_lazy("Who replies"),
        max_length=200,
        help_text=gettext_lazy("The person or body as they sign it, with place and date if they do so."),
    )
    headline = forms.CharField(
        label=gettext_lazy("Headline"),
        max_length=200,
        help_text=gettext_lazy("As it came in; “Gegendarstellung” or “Right of reply” where it had none."),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "Without insertions or omissions (§ 20 MStV). An empty line parts paragraphs. Read it twice: once printed "
            "it cannot be changed."
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    field_order = ("party", "headline", "text", "language", "note")

    def adapt(self, line, user):
        """In the language of the story unless another is chosen."""
        self.initial["language"] = line.story.language


class EndReplyForm(NoteForm):
    """Which reply ends, when, and why."""

    reply = forms.ModelChoiceField(Reply.objects.none(), label=gettext_lazy("Reply"), empty_label=None)
    at = WallTimeField(label=gettext_lazy("Ends"), required=False, help_text=gettext_lazy("Empty: at once."))
    note = forms.CharField(
        label=gettext_lazy("Why"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Kept in the log: the parties agreed, a court decided otherwise, its time is over."),
    )
    field_order = ("reply", "at", "note")

    def adapt(self, line, user):
        """One of this story's; for a story that is gone, what the law asks for is offered as the time."""
        self.fields["reply"].queryset = Reply.objects.filter(pk__in=[each.pk for each in line.replies])
        self.initial["reply"] = line.replies[0].pk if line.replies else None
        if line.live:
            self.fields["at"].help_text = gettext_lazy(
                "Empty: at once. Readers still have the story: the law wants the reply there as long (§ 20 MStV)."
            )
        elif line.last and line.last.live_until:
            due = line.last.live_until + (line.last.live_until - line.published_at)
            if due > line.now:
                self.initial["at"] = due
            self.fields["at"].help_text = format_lazy(
                gettext_lazy("Empty: at once. The story was there until {gone}; as long again is until {due}."),
                gone=desk_time(line.last.live_until),
                due=desk_time(due),
            )
