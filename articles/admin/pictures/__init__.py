"""The picture desk: the library, taking files in, and the form of one picture.

`admin.py` says which pages there are and for whom. `library.py` is the list, `questions.py` what it can be asked;
`bulk.py` does one thing to many pictures; `upload.py`, `taking.py` and `describing.py` bring files in; `page.py` and
`form.py` are one picture; `looks.py` serves what only staff may see. The verbs are in `desk/picturing.py`.
"""
