"""Which of two hits comes first: judged by the story itself and its age, by nothing that counts other stories."""

from datetime import timedelta

IN_HEADLINE, BESIDE, SIDE_BY_SIDE, FRESH = 24, 8, 20, 160
_DAY = timedelta(days=1)


def ranked(rows, needs, question, at):
    """The rows (list, newest first) by score, equal ones newest first."""
    if question.by_date:
        return rows
    words = [group for group in needs.groups if not group[0].startswith("_")]
    sequences = _sequences(words, needs)
    scores = {row.place: _score(row, words, sequences, at) for row in rows}
    return sorted(rows, key=lambda row: -scores[row.place])  # sorting keeps equal ones in their order


def _sequences(words, needs):
    """How the words stand in a headline that has them side by side as typed (list of text)."""
    found = [f" {' '.join(each)} " for phrase in needs.phrases for each in phrase]
    if len(words) > 1 and not needs.phrases:
        for letter in "de":
            forms = [next((each for each in group if each[0] == letter), "") for group in words]
            found.append(f" {' '.join(forms)} ")
    return found


def _score(row, words, sequences, at):
    headline, beside, text = row.gist.split("|")
    score = FRESH // (10 + max((at - row.published_at) // _DAY, 0))
    for group in words:
        if any(f" {each} " in headline for each in group):
            score += IN_HEADLINE
        elif any(f" {each} " in beside for each in group):
            score += BESIDE
        score += max(_times(text, each) for each in group)
    return score + SIDE_BY_SIDE * any(each in headline for each in sequences)


def _times(text, each):
    start = text.find(f" {each}=")
    return int(text[start + len(each) + 2]) if start >= 0 else 1
