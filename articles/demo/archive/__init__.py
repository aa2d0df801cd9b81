"""A large synthetic archive for measuring: `manage.py seed`.

`words.py` is a small vocabulary in German and English, `text.py` makes stories'
texts of it, `furniture.py` the sections, topics and people, `building.py` rows
for the database. Everything follows from a seed; what goes into readers' lists
is printed by the press's `print_archive`.
"""
