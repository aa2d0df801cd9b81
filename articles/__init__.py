"""The newsroom: the desk writes Stories, the press prints Editions, readers get Editions.

Rooms, low to high; imports only go down this list (tests/test_architecture.py):
vocabulary, text -> models -> rules -> media -> press -> desk -> ingest -> views, feeds
-> admin -> demo, management. The reader's side (views, feeds) never sees a Story.
"""
