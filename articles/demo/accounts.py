"""One account for each role, with the demo's public password."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from ..checks import DEMO_ACCOUNTS, DEMO_PASSWORD
from ..models import Contributor, Section, SectionAssignment

# account: first name, last name, role, sections
PEOPLE = {
    "chief": ("Clara", "Bischoff", "chief", ()),
    "editor": ("Henrik", "Voss", "editor", ("politik", "lokales", "city")),
    "reporter": ("Anke", "Petersen", "contributor", ()),
    "pictures": ("Ines", "Falk", "picture editor", ()),
    "topics": ("Leyla", "Arslan", "topic librarian", ()),
    "admin": ("Tomasz", "Wieczorek", "administrator", ()),
}


@transaction.atomic
def make_accounts():
    """Make the accounts that are missing, tied to the contributors of the same names (dict of users by name)."""
    users = {}
    for name in DEMO_ACCOUNTS:
        first, last, role, sections = PEOPLE[name]
        user, made = get_user_model().objects.get_or_create(
            username=name,
            defaults={"first_name": first, "last_name": last, "is_staff": True, "email": f"{name}@hafenkurier.example"},
        )
        if made:
            user.set_password(DEMO_PASSWORD)
            user.save()
            user.groups.add(Group.objects.get(name=role))
            Contributor.objects.filter(name=f"{first} {last}", user=None).update(user=user)
            for section in Section.objects.filter(path__in=sections):
                SectionAssignment.objects.create(user=user, section=section)
        users[name] = user
    return users


def remove_accounts():
    """Switch off the demo's accounts and take their password away; says which (list of names)."""
    removed = []
    for user in get_user_model().objects.filter(username__in=DEMO_ACCOUNTS):
        if user.check_password(DEMO_PASSWORD):
            user.set_unusable_password()
            user.is_active = False
            user.save()
            removed.append(user.username)
    return removed
