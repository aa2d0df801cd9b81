"""Who may do what with the library's pictures."""

from datetime import timedelta

from django.utils import timezone

JUST = timedelta(days=1)  # so long somebody may describe what they uploaded themselves


def may_view(user):
    """Whether `user` may see the library."""
    return user.is_active and user.is_staff and user.has_perm("articles.view_picture")


def may_add(user):
    """Whether `user` may take files in."""
    return user.is_active and user.is_staff and user.has_perm("articles.add_picture")


def may_change(user):
    """Whether `user` may change any picture, and have its original."""
    return user.is_active and user.is_staff and user.has_perm("articles.change_picture")


def may_drop(user):
    """Whether `user` may delete pictures nothing uses."""
    return user.is_active and user.is_staff and user.has_perm("articles.delete_picture")


def may_describe(user, picture):
    """Whether `user` may say what `picture` shows: who may change any, and whoever just uploaded it."""
    just = picture.uploaded_by_id == user.pk and picture.uploaded_at > timezone.now() - JUST
    return may_change(user) or (may_add(user) and just)
