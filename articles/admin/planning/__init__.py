"""What goes out when: the calendar, the outgoing screen, the calendar feed, the site at any moment.

`screens.py` lists the pages.
"""
