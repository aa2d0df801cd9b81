"""Pages that are not journalism: imprint, privacy, robots.txt; and what stands where nothing is."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..models import Page
from ..vocabulary import Policy
from .crawlers import AI_TRAINING
from .policies import masthead, responsible_persons
from .shell import Shell, moment, show, with_constant_lifetime

VOUCHED_FOR = timedelta(days=180)


@require_safe
def standing_page(request, slug):
    """A standing page. The imprint ends with who answers for which section (§ 18 (2) MStV), a masthead with people."""
    here = Page.objects.filter(slug=slug).first()
    if not here:
        raise Http404
    shell = Shell(language=here.language)
    context = {
        "page": here,
        "responsible": responsible_persons(shell) if slug == "imprint" else [],
        "people": masthead(moment(request)) if here.policy == Policy.MASTHEAD else [],
    }
    return show(request, "site/page.html", context, shell=shell)


@require_safe
def favicon(request):
    """Where browsers look for an icon without being told: leads to ours."""
    return with_constant_lifetime(HttpResponseRedirect(static("site/icon.svg")))


@require_safe
def robots(request):
    """robots.txt (RFC 9309): everything public may be crawled, but not to train machines on, where that is reserved."""
    barred = AI_TRAINING if settings.AI_RESERVED else ()
    text = render_to_string("site/robots.txt", {"site_url": settings.SITE_URL, "barred": barred})
    return with_constant_lifetime(HttpResponse(text, content_type="text/plain; charset=utf-8"))


@require_safe
def tdm_reservation(request):
    """tdmrep.json (W3C TDM Reservation Protocol, 2024): text and data mining is reserved for the whole site, or is not.

    § 44b UrhG and article 4 of directive (EU) 2019/790 ask for a form that machines read.
    """
    rule = {"location": "/", "tdm-reservation": int(settings.AI_RESERVED)}
    if settings.AI_RESERVED and settings.TDM_POLICY:
        rule["tdm-policy"] = settings.TDM_POLICY
    return with_constant_lifetime(JsonResponse([rule], safe=False))


@require_safe
def security_txt(request):
    """security.txt (RFC 9116) where a contact is set, else 404."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    names = {"contact": settings.SECURITY_CONTACT, "site_url": settings.SITE_URL}
    text = render_to_string("site/security.txt", names | {"expires": moment(request).date() + VOUCHED_FOR})
    return with_constant_lifetime(HttpResponse(text, content_type="text/plain; charset=utf-8"))


def bad_request(request, exception):
    """The 400 page, without a look at the database; 413 for a form that holds more than is taken."""
    said, status = _too_much(exception), 400
    if said:
        status = 413
    context = {"site_name": settings.SITE_NAME, "said": said}
    return HttpResponse(render_to_string("site/400.html", context), status=status)


def _too_much(exception):
    """What to do about a form that is too large or has too many fields (text), "" for anything else."""
    if isinstance(exception, RequestDataTooBig):
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000
        return _("The form holds more than %(most)d MB, so nothing was saved. Go back and shorten its text.") % {
            "most": most
        }
    if isinstance(exception, TooManyFieldsSent):
        most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        return _("The form has more than %(most)d fields, so nothing was saved. Go back and remove some rows.") % {
            "most": most
        }
    return ""


def server_error(request):
    """The 500 page, without a look at the database."""
    return HttpResponse(render_to_string("site/500.html", {"site_name": settings.SITE_NAME}), status=500)
