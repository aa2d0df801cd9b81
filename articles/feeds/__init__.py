"""RSS 2.0, Atom 1.0 and JSON Feed 1.1 of the site, a language, a section, a topic and a contributor.

`views.py` finds what a feed is about and its newest editions, `items.py` has what
every kind says of one; `formats.py` writes the XML, `json_feed.py` the JSON. Like
`views`, this room only ever sees live editions.
"""
