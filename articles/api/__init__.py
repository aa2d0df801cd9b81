"""The public interface for programs, `/api/v1/`: read-only JSON of what readers can see, and nothing else.

`interface.py` names the addresses, `door.py` is what every request passes, `asking.py` and `answers.py` say what may
be asked and what comes back; the OpenAPI description is made of these (`description.py`). `finding.py` walks the
lists, `telling.py`, `pictures.py` and `ninjs.py` turn an edition into JSON. Like `views`, this room only ever sees
live editions. Its sentences are for people who write programs and stay English, like the names in the JSON.
"""
