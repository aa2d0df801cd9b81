"""Adding pictures: one page for a browser's plain form and for the script that sends file after file."""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, TooManyFilesSent
from django.http import HttpResponseNotAllowed, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_protect

from ...models import Picture
from ...vocabulary import Rights
from ..fields import WallTimeField
from ..scoped import PlainTextForm
from .questions import section_field
from .rights import may_add
from .taking import MOST_FILES, TOO_MANY, TOO_MUCH, most_bytes, take

FORMATS = ".jpg,.jpeg,.png,.webp,.gif,.avif,.heic,image/jpeg,image/png,image/webp,image/gif,image/avif,image/heic"


class ForAllForm(PlainTextForm):
    """What holds for all files of an upload; what is left empty is read from each file."""

    section = section_field(empty_label="—")
    allowed_until = WallTimeField(label=gettext_lazy("Allowed until"), required=False)
    keep_similar = forms.BooleanField(
        label=gettext_lazy("Keep pictures that look the same as others"),
        required=False,
        help_text=gettext_lazy("Else a file that looks like a picture of the library is not taken in."),
    )

    class Meta:
        model = Picture
        fields = ("credit", "creator", "agency", "rights", "section", "allowed_until")

    def _post_clean(self):
        """Nothing: there is no picture yet that could be wrong as a whole."""

    def said(self):
        """Fields (dict) that hold for all: those that were filled in."""
        return {name: self.cleaned_data[name] for name in self._meta.fields if self.cleaned_data.get(name)}


def upload_page(admin, request):
    """The form, and what became of the files. Raises PermissionDenied.

    It asks for the size before anything is read, also before the token against forged requests, which is in the body.
    """
    if not may_add(request.user):
        raise PermissionDenied
    if request.method in ("GET", "HEAD"):
        return _show(admin, request, ForAllForm(initial={"rights": Rights.UNCLEARED}))
    if _size(request) > most_bytes():
        return _refuse(admin, request, TOO_MUCH, 413)
    try:
        return _take_all(request, admin)
    except TooManyFilesSent:
        return _refuse(admin, request, TOO_MANY % {"most": MOST_FILES}, 413)
    except MultiPartParserError:
        return _refuse(admin, request, _("The upload did not arrive whole. Send it again."), 400)


def _size(request):
    size = request.META.get("CONTENT_LENGTH") or "0"
    return int(size) if size.isascii() and size.isdecimal() and len(size) < 19 else 0


@csrf_protect
def _take_all(request, admin):
    if request.method != "POST":
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    form, files = ForAllForm(request.POST), request.FILES.getlist("file")
    if not files:
        return _refuse(admin, request, _("Choose at least one file."), 400, form)
    if len(files) > MOST_FILES:
        return _refuse(admin, request, TOO_MANY % {"most": MOST_FILES}, 413, form)
    if not form.is_valid():
        said = " ".join(f"{form[name].label}: {' '.join(errors)}" for name, errors in form.errors.items())
        return _refuse(admin, request, said, 400, form)
    keep_similar = form.cleaned_data["keep_similar"]
    outcomes = [take(file, by=request.user, fields=form.said(), keep_similar=keep_similar) for file in files]
    if _is_script(request):
        status = max(each.status for each in outcomes)
        html = [render_to_string("admin/articles/picture/_outcome.html", {"each": each}, request) for each in outcomes]
        return JsonResponse({"state": outcomes[0].state, "html": "".join(html)}, status=status)
    return _show(admin, request, form, outcomes)


def _is_script(request):
    return request.headers.get("Accept", "").startswith("application/json")


def _refuse(admin, request, sentence, status, form=None):
    if _is_script(request):
        return JsonResponse({"state": "refused", "said": str(sentence)}, status=status)
    # The plain form is shown again, as Django shows a form that was filled in wrongly.
    response = _show(admin, request, form or ForAllForm(initial={"rights": Rights.UNCLEARED}), reasons=[sentence])
    response.status_code = 413 if status == 413 else 200
    return response


def _show(admin, request, form, outcomes=(), reasons=()):
    context = admin.admin_site.each_context(request) | {
        "title": _("Add pictures"),
        "opts": admin.opts,
        "form": form,
        "outcomes": outcomes,
        "taken": [each for each in outcomes if each.state == "new"],
        "reasons": reasons,
        "most_files": MOST_FILES,
        "formats": FORMATS,
        "most_bytes": settings.PICTURE_MAX_BYTES,
    }
    return TemplateResponse(request, "admin/articles/picture/upload.html", context)
