"""A language as link previews want it named: with a country (Open Graph, `og:locale`)."""

# Where the language's code is not also the code of the country it is most spoken in.
_COUNTRIES = {
    "af": "ZA",
    "ar": "AR",
    "be": "BY",
    "bn": "BD",
    "bs": "BA",
    "ca": "ES",
    "cs": "CZ",
    "cy": "GB",
    "da": "DK",
    "dsb": "DE",
    "el": "GR",
    "en": "GB",
    "et": "EE",
    "eu": "ES",
    "fa": "IR",
    "fy": "NL",
    "ga": "IE",
    "gl": "ES",
    "he": "IL",
    "hi": "IN",
    "hsb": "DE",
    "hy": "AM",
    "ja": "JP",
    "ka": "GE",
    "kk": "KZ",
    "km": "KH",
    "ko": "KR",
    "nb": "NO",
    "nn": "NO",
    "sl": "SI",
    "sq": "AL",
    "sr": "RS",
    "sv": "SE",
    "sw": "KE",
    "ta": "IN",
    "uk": "UA",
    "ur": "PK",
    "vi": "VN",
    "zh": "CN",
}
_SAME = frozenset(
    (
        *("az", "bg", "de", "es", "fi", "fr", "hr", "hu", "id", "is", "it", "lt", "lu", "lv", "mk", "mt", "nl"),
        *("pl", "pt", "ro", "ru", "sk", "th", "tr"),
    )
)


def og_locale(code):
    """`de_DE` for `de`, `pt_BR` for `pt-br`; "" where the country is not known: none is better than a wrong one."""
    language, *rest = code.lower().replace("_", "-").split("-")
    country = next((part.upper() for part in rest if len(part) == 2), "")
    country = country or _COUNTRIES.get(language) or (language.upper() if language in _SAME else "")
    return f"{language}_{country}" if country else ""
