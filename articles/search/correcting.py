"""Did you mean: live words one mistake away from a word nobody has, or that sound like it."""

from collections import Counter
from dataclasses import replace

from ..text.sounds import distance, one_off, sound
from ..text.tokens import bare, spelled, wanted, words_of
from .question import Needs, Question

NEWEST = 50  # stories looked at for each word
MOST_WORDS = 5  # that are looked up for one question
MOST_NEAR = 1_500  # spellings that are looked up for one question, as three usual words have; then only sounds
FURTHEST = 3  # letters between what was typed and what sounds like it


def correct(index, question, *, at):
    """As of SearchIndex."""
    better, room = {}, MOST_NEAR
    for word in dict.fromkeys(question.sought[:MOST_WORDS]):
        is_known = index.newest(Needs(groups=(wanted(word),)), at=at, most=1, shape=index.named)
        near = () if is_known else _near(word, room)
        room -= len(near)
        if near and (meant := _meant(index, word, near, at)):
            better[word] = meant
    if not better:
        return ""
    corrected = Question(
        words=tuple(better.get(word, word) for word in question.words),
        phrases=tuple(tuple(better.get(word, word) for word in phrase) for phrase in question.phrases),
    )
    if not index.has(corrected, at=at):
        corrected = replace(corrected, words=tuple(corrected.sought), phrases=())
        if not index.has(corrected, at=at):
            return ""
    phrases = [f'"{" ".join(phrase)}"' for phrase in corrected.phrases]
    return " ".join([*corrected.words, *phrases])


def _near(word, room):
    """The marks (tuple) of what `word` may have been meant to be; where there is no `room` for all, of its sound."""
    typed = spelled(word)
    alike = {f"_x{code}"} if (code := sound(typed)) else set()
    near = {f"_h{each}" for each in one_off(typed)}
    return tuple(sorted(near | alike if len(near) < room else alike))


def _meant(index, word, near, at):
    """The live word (text) that `word` was probably meant to be, or ""; `near` as of _near."""
    typed = spelled(word)
    found, spellings = Counter(), {}
    for row in index.newest(Needs(groups=(near,)), at=at, most=NEWEST, shape=index.named):
        names = " ".join(line[1:] for line in row.names.split("\n"))  # a line's first letter says what it is
        for text in dict.fromkeys(words_of(names)):
            found[spelled(text)] += 1
            spellings.setdefault(spelled(text), text)
    best = min(found, key=lambda each: (_far(typed, each), -found[each], each), default="")
    return spellings[best] if best and _far(typed, best) <= _reach(typed, best) else ""


def _far(typed, each):
    return min(distance(typed, each), distance(bare(typed), bare(each)))


def _reach(typed, each):
    return min(FURTHEST, len(typed) // 3) if sound(typed) == sound(each) else 1
