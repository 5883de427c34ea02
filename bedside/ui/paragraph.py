"""Owns text of mixed runs that breaks at words: how it wraps within a width, how high it stands, how it is painted."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from PySide6.QtGui import QFontMetricsF, QPainter

from bedside.ui import fonts
from bedside.ui.lettering import Run, draw_runs
from bedside.ui.theme import Theme

LINE_HEIGHTS = {11: 16, 12: 17, 13: 18, 14: 19, 15: 20, 18: 24, 20: 28}
Line = tuple[Run, ...]
_WORD = re.compile(r" *[^ ]+| +$")


@lru_cache(maxsize=64)
def _rise(px: int, weight: int) -> float:
    metrics = QFontMetricsF(fonts.font(px, weight))
    return (metrics.ascent() - metrics.descent()) / 2


def advance(runs: Iterable[Run]) -> float:
    """How wide a line of runs is, in logical pixels."""
    return sum(fonts.width_of(run.text, run.px, run.weight) for run in runs)


def line_height(line: Sequence[Run]) -> float:
    """How high a line stands: that of its largest run."""
    return max((LINE_HEIGHTS.get(run.px, round(run.px * 1.35)) for run in line), default=0)


def wrap(runs: Sequence[Run], width: float) -> tuple[Line, ...]:
    """The lines of a paragraph; it breaks at spaces, and inside a word only where one word is wider than the width."""
    return _wrapped(tuple(runs), width)


@lru_cache(maxsize=8192)
def _wrapped(runs: Line, width: float) -> tuple[Line, ...]:
    if advance(runs) <= width:
        return (tuple(runs),)
    lines: list[list[Run]] = [[]]
    for word in _words(runs):
        if lines[-1] and advance(lines[-1]) + advance(word) > width:
            lines.append([])
        rest = word if lines[-1] else [word[0]._replace(text=word[0].text.lstrip(" ")), *word[1:]]
        while advance(rest) > width and not lines[-1]:
            head, rest = _cut(rest, width)
            lines[-1].extend(head)
            lines.append([])
        lines[-1].extend(rest)
    return tuple(tuple(_joined(line)) for line in lines if line)


def _words(runs: Sequence[Run]) -> list[list[Run]]:
    """The words with the space before them; runs that touch without a space stay one word."""
    words: list[list[Run]] = []
    for run in runs:
        for piece in _WORD.findall(run.text):
            part = run._replace(text=piece)
            if words and not piece.startswith(" ") and not words[-1][-1].text.endswith(" "):
                words[-1].append(part)
            else:
                words.append([part])
    return words


def _cut(word: Sequence[Run], width: float) -> tuple[list[Run], list[Run]]:
    head: list[Run] = []
    for place, run in enumerate(word):
        if advance([*head, run]) <= width:
            head.append(run)
            continue
        room = width - advance(head)
        fits = next((n for n in range(len(run.text), 0, -1) if run._replace(text=run.text[:n]).width <= room), 0)
        fits = run.text.rfind("-", 0, fits) + 1 or fits
        fits = fits if fits or head else 1
        first = [run._replace(text=run.text[:fits])] if fits else []
        return [*head, *first], [run._replace(text=run.text[fits:]), *word[place + 1 :]]
    return head, []


def _joined(line: Sequence[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in line:
        if joined and joined[-1]._replace(text=run.text) == run:
            joined[-1] = run._replace(text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return joined


def block_height(paragraphs: Iterable[Sequence[Run]], width: float) -> float:
    """How high paragraphs stand one under the other within the width."""
    return _block(tuple(map(tuple, paragraphs)), width)[1]


@lru_cache(maxsize=8192)
def _block(paragraphs: tuple[Line, ...], width: float) -> tuple[tuple[tuple[float, Line], ...], float]:
    """The lines of paragraphs, each with its baseline, and how high all stand; a frame asks for the same ones again."""
    placed, high = [], 0.0
    for line in (line for paragraph in paragraphs for line in wrap(paragraph, width)):
        placed.append((high + _baseline(line), line))
        high += line_height(line)
    return tuple(placed), high


def _baseline(line: Sequence[Run]) -> float:
    """How far below its top a line has its baseline: that of its largest run."""
    largest = max(line, key=lambda run: run.px, default=Run(""))
    return line_height(line) / 2 + _rise(largest.px, largest.weight)


def draw_line(painter: QPainter, x: float, top: float, theme: Theme, line: Sequence[Run]) -> float:
    """One line from its top left; returns where it ended."""
    return draw_runs(painter, x, round(top + _baseline(line)), theme, line)


def draw_block(
    painter: QPainter, at: tuple[float, float], width: float, theme: Theme, paragraphs: Iterable[Sequence[Run]]
) -> float:
    """Paragraphs one under the other from their top left within the width; returns where they ended below."""
    x, y = at
    placed, high = _block(tuple(map(tuple, paragraphs)), width)
    for baseline, line in placed:
        draw_runs(painter, x, round(y + baseline), theme, line)
    return y + high


def plain(paragraphs: Iterable[Sequence[Run]]) -> str:
    """The words of paragraphs, one sentence after the other."""
    return ", ".join("".join(run.text for run in paragraph).strip() for paragraph in paragraphs)
