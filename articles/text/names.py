"""Names of people and places in a text, and when two spellings look like one name.

There is no list of names: a name is two capitalised words side by side. German writes every noun that way,
so two such pairs are only compared where one word is the same in both, and endings of grammar (Meier, Meiers;
Bürgermeister, Bürgermeisterin) are never another spelling.
"""

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from itertools import combinations

MOST_PAIRS = 600  # distinct ones that are compared; a long story has about a hundred
_MOST_SIBLINGS = 40
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_GAP = re.compile(r"[ \u00a0](?:(?:von|van|de|der|den|zu|la|di|da|el|al|bin|ten|ter)[ \u00a0]){0,2}")
_SENTENCE = re.compile(r"(?:^|[.!?:…][“”»«\"’)]*[\s\n]+|\n|[„“»\"(–—]\s*)$")
_ENDINGS = ("s", "es", "n", "en", "ns", "e", "er", "ern", "em", "in", "innen", "a", "’s", "'s", "’", "'", "as")
# What stands beside a name without being part of it, and what is counted or dated by the same word.
_BESIDE = (
    "herr herrn frau mr mrs ms miss dr prof sir lord lady euro euros dollar pfund prozent uhr million millionen "
    "milliarde milliarden tausend hundert kilometer meter januar februar märz april mai juni juli august september "
    "oktober november dezember january february march may june july october december montag dienstag mittwoch "
    "donnerstag freitag samstag sonnabend sonntag monday tuesday wednesday thursday friday saturday sunday anfang "
    "mitte ende nord süd ost west north south east"
)
# Words that begin sentences.
_BEGINNING = (
    "der die das den dem des ein eine einen einem einer eines und oder aber auch als am an auf aus bei beim bis da "
    "damit dann dass dazu dem denn dennoch doch dort durch er es etwa für gegen hier hinter ich ihr ihre ihren ihrem "
    "ihrer im in ins ist ja je jede jeder jedes jetzt kein keine man mehr mein meine mit nach nein nicht noch nun nur "
    "ob ohne sein seine seinen seinem seiner seit sich sie sind so über um unser unsere unter vom von vor wann war "
    "was weil weit wenn wer wie wir wird wo zu zum zur zwar zwei drei vier fünf sechs sieben acht neun zehn diese "
    "dieser dieses diesen diesem alle viele mehrere beide neue neuer neues alte alter altes the a and but or if in on "
    "at of to for from with by as is are was were it its he his she her they their we our you your i my this that "
    "these those there then when where who what why how not no yes one two three four five six seven eight nine ten "
    "after before since until while about into over under new old both all some many most more such only even"
)
_NEVER = frozenset(f"{_BESIDE} {_BEGINNING}".split())
_SOUNDS = (
    *(("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("ck", "k")),
    *(("tz", "z"), ("ai", "ei"), ("ay", "ei"), ("ey", "ei"), ("ie", "i"), ("y", "i"), ("c", "k"), ("w", "v")),
)
_HELD = re.compile(r"(?<=[aeiou])h(?![aeiou])")
_TWICE = re.compile(r"(.)\1+")


def pairs(text):
    """The names of two words in `text` (dict: pair of words -> the words as they stand there, up to MOST_PAIRS)."""
    found, before = {}, None
    for match in _WORD.finditer(text):
        word = match[0]
        if not _may_be_name(word):
            before = None
            continue
        if before and _GAP.fullmatch(text, before.end(), match.start()):
            found.setdefault((before[0], word), text[before.start() : match.end()])
            if len(found) >= MOST_PAIRS:
                break
        before = match
    return found


def _may_be_name(word):
    return 3 <= len(word) <= 30 and word[0].isupper() and not word.isupper() and word.lower() not in _NEVER


def spelled_two_ways(text, known=()):
    """Names that look like one spelled two ways (iterator of pairs of texts), the rarer or unknown spelling first.

    `known` are names as they should be (list of text): of contributors, of the story's topics. Two spellings
    that are both known are two people.
    """
    found = pairs(text)
    known_pairs = {pair: name for name in known for pair in pairs(name)}
    compared = {**known_pairs, **found}
    for two in _siblings(compared):
        if not all(pair in known_pairs for pair in two) and any(pair in found for pair in two):
            yield _rarer_first(two, text, compared, known_pairs)
    yield from _short_forms(text, compared)


def _siblings(compared):
    """Pairs of pairs that share one word, or a sound of it, and nearly share the other."""
    buckets = defaultdict(list)
    for pair in compared:
        for place in (0, 1):
            buckets[place, sound(pair[place])].append(pair)
    seen = set()
    for bucket in list(buckets.values()):
        for two in combinations(bucket[:_MOST_SIBLINGS], 2):
            first, last = zip(*two, strict=True)
            if frozenset(two) in seen or (_same_word(*first) and _same_word(*last)):
                continue
            if alike(*first) and alike(*last):
                seen.add(frozenset(two))
                yield two


def _rarer_first(two, text, compared, known):
    def worth(pair):
        return pair in known, text.count(compared[pair])

    rarer, other = sorted(two, key=worth)
    return compared[rarer], compared[other]


def _short_forms(text, compared):
    """Surnames alone, later in the text, that sound like the surname of a name and are written otherwise."""
    surnames = {sound(last): last for _first, last in reversed(compared)}
    spellings = {word for pair in compared for word in pair}
    lower = None
    for match in _WORD.finditer(text):
        word = match[0]
        surname = surnames.get(sound(word)) if _may_be_name(word) and len(word) >= 4 else None
        if not surname or word in spellings or _same_word(word, surname):
            continue
        lower = lower or set(re.findall(r"\b[^\W\d_A-ZÄÖÜ][^\W\d_]+", text))
        if word.lower() not in lower and not _SENTENCE.search(text, max(0, match.start() - 8), match.start()):
            spellings.add(word)
            yield word, surname


@lru_cache(4096)
def sound(word):
    """What spellings of one name usually share: Meier, Maier, Meyer; Kathrin, Katrin; Müller, Mueller, Muller."""
    key = unicodedata.normalize("NFC", word[:30]).lower()
    for written, heard in _SOUNDS:
        key = key.replace(written, heard)
    key = _TWICE.sub(r"\1", _HELD.sub("", key))
    plain = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    return plain or key


def alike(one, other):
    """Whether two words could be one name: the same, of one sound, or one or two letters apart in one place."""
    if one == other or _same_word(one, other):
        return True
    if sound(one) == sound(other):
        return True
    shorter, apart = min(len(one), len(other)), _letters_apart(one.lower(), other.lower())
    return apart <= (2 if shorter >= 7 else 1 if shorter >= 5 else 0)


def _same_word(one, other):
    """Whether two words differ by an ending of grammar only, or not at all."""
    shorter, longer = sorted((one, other), key=len)
    return longer == shorter or (longer.startswith(shorter) and longer[len(shorter) :] in _ENDINGS)


def _letters_apart(one, other):
    """How many letters lie between the common beginning and the common end of two words."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return max(len(one), len(other))
