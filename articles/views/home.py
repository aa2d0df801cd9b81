"""The front page: what the desk launched, or else lead, second stories, the newest and a strip for each section."""

from django.views.decorators.http import require_safe

from . import front
from .policies import policy_urls
from .shell import Shell, moment, show


@require_safe
def home(request):
    """The front page."""
    return show_home(request, front.launched(None, moment(request)))


def show_home(request, containers):
    """The front page with these `containers` (None: the usual ones); the desk's preview comes through here too."""
    shell = Shell()
    containers = front.usual_home(shell) if containers is None else containers
    filled = front.fill(containers, moment(request), shell=shell)
    context = {"front": front.arrange(filled, shell.language), "policies": policy_urls(shell.language)}
    return show(request, "site/home.html", context, shell=shell)
