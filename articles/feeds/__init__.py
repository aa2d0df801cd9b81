"""RSS 2.0 and Atom 1.0 of the site, a section, a topic and a contributor.

`views.py` finds what a feed is about and its newest editions; `formats.py`
writes the XML. Like `views`, this room only ever sees live editions.
"""
