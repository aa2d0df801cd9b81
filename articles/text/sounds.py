"""How a word sounds, and how far two words are apart: what a reader may have meant who typed another word.

The code is the Cologne phonetics (Hans Joachim Postel, 1969), made for German and good enough for English names.
"""

import re
from functools import lru_cache

_PAIRS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?<=[dt])(?=[csz])|(?<=[ckq])x"), ""),
    (re.compile(r"[dt](?=[csz])"), "8"),
    (re.compile(r"\Ac(?=[ahkloqrux])|(?<![sz])c(?=[ahkoqux])"), "4"),
    (re.compile(r"(?<![ckq])x"), "48"),
)
_CODES = {"b": "1", "p": "1", "d": "2", "t": "2", "f": "3", "v": "3", "w": "3", "g": "4", "k": "4", "q": "4"}
_CODES |= {"l": "5", "m": "6", "n": "6", "r": "7", "c": "8", "s": "8", "z": "8"} | dict.fromkeys("aeijouy", "0")
SHORTEST = 4  # letters; too many short words sound alike


@lru_cache(50_000)
def sound(word):
    """The code (digits) of a bare word: equal for Meyer and Maier. Empty for a short word or one without letters."""
    if len(word) < SHORTEST or not word.isalpha() or not word.isascii():
        return ""
    for pattern, code in _PAIRS:
        word = pattern.sub(code, word)
    code = "".join(_CODES.get(letter, letter if letter.isdigit() else "") for letter in word)
    code = re.sub(r"(.)\1+", r"\1", code)
    return code[:1] + code[1:].replace("0", "")


def distance(one, other, *, most=3):
    """How many letters have to be typed otherwise to make `other` of `one`; two that changed places count once.

    Gives up at `most` + 1. Takes time in proportion to the product of both lengths.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [], list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        before, last, row = row, before, [number]
        for place, against in enumerate(other, start=1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != against))
            if last and place > 1 and letter == other[place - 2] and one[number - 2] == against:
                cost = min(cost, last[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def one_off(word):
    """Every text that is one typing mistake away from a bare word (set); nothing is near one of under four letters.

    A mistake is a letter too many, missing or wrong, or two that changed places. Digits are taken as meant.
    """
    if len(word) < SHORTEST or not word.isalpha():
        return set()
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    near = {start + rest[1:] for start, rest in cuts if rest}
    near |= {start + rest[1] + rest[0] + rest[2:] for start, rest in cuts if len(rest) > 1}
    near |= {start + each + rest[1:] for start, rest in cuts if rest for each in _ALPHABET}
    near |= {start + each + rest for start, rest in cuts for each in _ALPHABET}
    return near - {word}
