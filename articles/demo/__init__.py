"""The demo newsroom: accounts, sections, topics, people and stories of our own writing.

`newsroom.toml` and `stories/*.md` are the content, `markup.py` reads its small
markup, `paint` draws its pictures, `loading.py` puts everything in through the
desk's and the press's own verbs. Loading twice changes nothing.
"""
