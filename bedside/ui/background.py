"""Owns the one door to the store: a single worker thread takes jobs in order, results come back on the main thread."""

import queue
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakMethod

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from bedside.service.collecting_later import collecting_later
from bedside.ui.long_work.pulse import Pulse
from bedside.ui.long_work.watch import Watch
from bedside.ui.troubles import Trouble, trouble_of

TURN_SECONDS = 0.0005
"""How long the worker may keep the interpreter while the window waits for it. Python's own 5 ms are too long: an event
that lets go of the interpreter ten times, as painting does, would wait for it ten times.
"""

Retell = Callable[[Trouble], Trouble]
"""Words a trouble for somebody who is no longer where the work was asked for."""


class Job:
    """One piece of work that was handed in; drop it when its result is no longer wanted."""

    def __init__(
        self,
        done: WeakMethod[Any] | None,
        failed: WeakMethod[Any] | None,
        watch: Watch | None = None,
        retell: Retell | None = None,
    ) -> None:
        self._done = done
        self._failed = failed
        self.watch, self.retell = watch, retell
        self.dropped = False
        self.over = False

    def drop(self) -> None:
        """Forget the result: the work may still run to its end, nobody is told."""
        self.dropped = True

    def receiver(self, *, failure: bool) -> Callable[[Any], None] | None:
        """The living bound method for the result or the failure, or None if its object is closed or gone."""
        reference = self._failed if failure else self._done
        method = None if reference is None or self.dropped else reference()
        if method is None:
            return None
        return method if _takes_results(method.__self__) else None


def _takes_results(owner: object) -> bool:
    """Whether an object and everything that it belongs to is still there and open: a lock closes the whole frame."""
    while isinstance(owner, QObject):
        if not shiboken6.isValid(owner) or getattr(owner, "closed", False) is True:
            return False
        owner = owner.parent()
    return not getattr(owner, "closed", False)


@dataclass(frozen=True)
class _Order:
    job: Job
    work: Callable[[], Any]

    def carry_out(self) -> Any:
        """Do the work, long work without the garbage collector, unless it was cancelled before its turn came."""
        if self.job.watch is None:
            return self.work()
        self.job.watch.tell(0, 0)
        with collecting_later():
            return self.work()


@dataclass(frozen=True)
class _Outcome:
    job: Job
    value: Any = None
    error: BaseException | None = None


class Background(QObject):
    """Runs work on one thread in the order it was handed in, so that the store is only ever touched by that thread.

    `long_begun` tells that work with a watch was handed in; `going` are the watches of all that has not come back.
    """

    idle_changed = Signal(bool)
    trouble_met = Signal(object)
    long_begun = Signal()
    _came_back = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._open_jobs = 0
        self._watches: list[Watch] = []
        self._pulse = Pulse(self)
        self._stopped = False
        self._came_back.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """Whether every job handed in has come back."""
        return self._open_jobs == 0

    @property
    def stopped(self) -> bool:
        """Whether no more work is taken."""
        return self._stopped

    def going(self) -> tuple[Watch, ...]:
        """Return the watches of the long work that has not come back, the oldest first."""
        return tuple(self._watches)

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Trouble], None] | None = None,
        watch: Watch | None = None,
        retell: Retell | None = None,
    ) -> Job:
        """Hand in work; done gets its value, failed a Trouble, both on the main thread and both bound methods.

        They are held weakly: a receiver that is deleted is not called, nor one whose attribute `closed` is true or
        that belongs to such an object.
        Without such a receiver a trouble is announced by `trouble_met`, as `retell` words it for somebody who has left.
        Long work has a watch, which it tells how far it is. After `stop` nothing is taken: RuntimeError.
        """
        if self._stopped:
            raise RuntimeError("work was handed in after the worker had stopped")
        job = Job(WeakMethod(done) if done else None, WeakMethod(failed) if failed else None, watch, retell)
        self._start()
        self._open_jobs += 1
        if self._open_jobs == 1:
            self.idle_changed.emit(False)
        if watch is not None:
            self._attend(watch)
        self._orders.put(_Order(job, work))
        if watch is not None:
            self.long_begun.emit()
        return job

    def _attend(self, watch: Watch) -> None:
        watch.give_way = self._pulse.give_way
        self._watches.append(watch)
        self._pulse.start()

    def _leave(self, watch: Watch) -> None:
        self._watches.remove(watch)
        if not self._watches:
            self._pulse.stop()

    def _start(self) -> None:
        if self._thread is None:
            sys.setswitchinterval(TURN_SECONDS)
            self._thread = threading.Thread(target=self._serve, name="bedside-store", daemon=True)
            self._thread.start()

    def _serve(self) -> None:
        while (order := self._orders.get()) is not None:
            try:
                outcome = _Outcome(order.job, value=order.carry_out())
            except BaseException as error:  # every failure belongs to its job; the worker itself must go on
                outcome = _Outcome(order.job, error=error)
            del order
            self._came_back.emit(outcome)
            del outcome

    def _deliver(self, outcome: _Outcome) -> None:
        self._open_jobs -= 1
        outcome.job.over = True
        if outcome.job.watch is not None:
            self._leave(outcome.job.watch)
        try:
            if outcome.error is None:
                receive = outcome.job.receiver(failure=False)
                if receive is not None:
                    receive(outcome.value)
            else:
                self._tell(outcome.job, trouble_of(outcome.error))
        finally:
            if self._open_jobs == 0:
                self.idle_changed.emit(True)

    def _tell(self, job: Job, trouble: Trouble) -> None:
        receive = job.receiver(failure=True)
        if receive is not None:
            receive(trouble)
        elif not job.dropped:
            self.trouble_met.emit(trouble if job.retell is None else job.retell(trouble))

    def stop(self, last: Callable[[], Any] | None = None) -> Trouble | None:
        """Finish what was handed in, then last (closing the store) on the same thread, and wait for the thread to end.

        Results that were still on their way are dropped. What went wrong in last comes back as a Trouble.
        """
        if self._stopped:
            return None
        self._stopped = True
        self._pulse.stop()
        self._came_back.disconnect(self._deliver)
        met: list[BaseException] = []
        if last is not None:
            self._start()
            self._orders.put(_Order(Job(None, None), _Guarded(last, met)))
        self._orders.put(None)
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        return trouble_of(met[0]) if met else None


@dataclass(frozen=True)
class _Guarded:
    work: Callable[[], Any]
    met: list[BaseException]

    def __call__(self) -> None:
        try:
            self.work()
        except BaseException as error:  # reported by stop, which has no event loop left to report through
            self.met.append(error)
