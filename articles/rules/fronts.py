"""Who may do what to a front: the chief to every one, an editor to those of the sections they edit."""

from .policy import reach


def may_see_fronts(user):
    """Whether `user` may look at the fronts' working copies."""
    return user.is_active and user.is_staff and user.has_perm("articles.view_front")


def may_edit_front(user, front):
    """Whether `user` may place stories on `front`."""
    return _within(user, front, "articles.change_front")


def may_launch_front(user, front):
    """Whether `user` may give `front` to readers."""
    return _within(user, front, "articles.launch_front")


def _within(user, front, permission):
    if not (user.is_active and user.is_staff and user.has_perm(permission)):
        return False
    person = reach(user)
    if person.everywhere:
        return True
    lineage = front.section.lineage if front.section else []
    return any(path in person.paths for path in lineage)
