"""A process that opens patients in the program's window and moves their timeline: seconds of the processor, as JSON.

The floors are bare: the patient's rows decoded from JSON and the same points drawn once, and the frames of bare
pyqtgraph with the same points in as many plots of the same size.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

import pyqtgraph as pg
from PySide6.QtWidgets import QApplication

from bedside.ui.overview.timeline import Timeline
from bedside.ui.overview.view import OverviewView
from tests.benchmarks.charts import patient_fields
from tests.benchmarks.open_window import Opened, Spent, opened_window
from tests.benchmarks.ward import LONG, SHORT

SWITCHES, FRAMES = 7, 80
ZOOM, PAN = 1.05, 9.0

Points = list[tuple[list[float], list[float]]]


def switch(opened: Opened, number: int) -> Spent:
    """Open a patient and wait for the finished view."""
    mrn = patient_fields(number)["mrn"]
    ward = opened.ward
    spent = opened.rest.after(partial(ward.open_patient, mrn), lambda: ward.opened is not None and ward.mrn == mrn)
    if ward.opened is None or not ward.opened.is_of(mrn):
        raise SystemExit(f"{mrn} is not shown")
    return spent


def switches(opened: Opened, numbers: tuple[int, int]) -> float:
    """The median of going to and fro between two patients; the plotting library is loaded by then."""
    spent = [switch(opened, numbers[place % 2]) for place in range(SWITCHES + 1)]
    return median(one.cpu for one in spent[1:])


def timeline(opened: Opened) -> Timeline:
    """The timeline of the overview that is shown."""
    view = opened.window.frame.view("overview")
    if not isinstance(view, OverviewView) or view.timeline is None:
        raise SystemExit("there is no timeline")
    return view.timeline


def frames(move: Callable[[int], object]) -> float:
    """The median of what one frame takes, from the movement until everything is painted."""
    application, taken = QApplication.instance(), []
    if application is None:
        raise SystemExit("there is no application")
    for number in range(FRAMES):
        start = time.process_time()
        move(number)
        application.processEvents()
        taken.append(time.process_time() - start)
    return median(taken)


def move_timeline(line: Timeline, number: int) -> None:
    """Zoom in and out, and pan between, as a wheel and a hand would."""
    if number % 2:
        line.state.zoom(1 / ZOOM if number % 20 < 10 else ZOOM, 700)
    else:
        line.state.pan(PAN if number % 40 < 20 else -PAN)


def points(line: Timeline) -> list[Points]:
    """What each plot of the timeline draws."""
    axis = line.state.axis
    if axis is None:
        raise SystemExit("there is no axis")
    return [
        [([axis.at(v.on) + v.part for v in one.values], [v.number for v in one.values]) for one in plot.track.series]
        for plot in line.tracks_pane.graphics.plots
    ]


def bare_plots(line: Timeline) -> tuple[pg.GraphicsLayoutWidget, list[pg.PlotItem]]:
    """The same points in bare plots of the same size, each point with a marker."""
    widget = pg.GraphicsLayoutWidget()
    widget.resize(line.tracks_pane.graphics.size())
    plots = []
    for row, series in enumerate(points(line)):
        plots.append(widget.addPlot(row=row, col=0))
        for x, y in series:
            if x:
                plots[-1].plot(x, y, pen=pg.mkPen("k", width=1), symbol="o", symbolSize=5)
    return widget, plots


def move_plots(plots: list[pg.PlotItem], end: float, number: int) -> None:
    """Show another part in every plot."""
    low, width = 3.0 * (number % 20), end * (0.9 if number % 2 else 1.0)
    for plot in plots:
        plot.setXRange(low, low + width, padding=0)


def bare_switch(opened: Opened, number: int) -> float:
    """The rows of a patient read and decoded, and the points drawn once by bare pyqtgraph."""
    application, store = QApplication.instance(), opened.session.store
    patient = next(one for one, mrn in store.patient_numbers() if mrn == patient_fields(number)["mrn"])
    if application is None:
        raise SystemExit("there is no application")
    start = time.process_time()
    for body in store.bodies(patient):
        json.loads(body)
    widget, _plots = bare_plots(timeline(opened))
    widget.show()
    application.processEvents()
    taken = time.process_time() - start
    widget.hide()
    return taken


def figures(opened: Opened) -> Iterator[tuple[str, float]]:
    """Every figure by its name, in seconds."""
    opened.rest.after(opened.sign_in)
    switch(opened, SHORT[0])
    yield "short", switches(opened, SHORT)
    yield "bare_short", median(bare_switch(opened, SHORT[0]) for _ in range(3))
    yield "long", switches(opened, LONG)
    yield "bare_long", median(bare_switch(opened, LONG[0]) for _ in range(3))
    line = timeline(opened)
    frames(partial(move_timeline, line))
    yield "frame", frames(partial(move_timeline, line))
    opened.window.hide()
    widget, plots = bare_plots(line)
    widget.show()
    end = line.state.axis.end if line.state.axis is not None else 1.0
    frames(partial(move_plots, plots, end))
    yield "bare_frame", frames(partial(move_plots, plots, end))
    widget.hide()


def main(folder: str) -> None:
    """Measure on the store in a folder, and print one line of JSON."""
    with opened_window(Path(folder)) as opened:
        opened.window.resize(1920, 1080)
        found = dict(figures(opened))
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
