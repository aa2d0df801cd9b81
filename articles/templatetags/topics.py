"""What a topic's page prints: `{% load topics %}`."""

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def topic_html(topic):
    """A topic's introduction; it was sanitised when it was saved."""
    return SafeString(topic.introduction)
