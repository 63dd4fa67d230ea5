"""The history of one record: entered, read again, corrected, withdrawn, signed."""

from typing import NamedTuple

from corpus.paper import Paper


class Event(NamedTuple):
    """One thing that happened to a record."""

    date: str
    what: str
    detail: str


def history_of(record: Paper) -> tuple[Event, ...]:
    """Everything that was noted about the record, oldest first."""
    events = [Event(record.added, "added", f"read as {record.depth}")] if record.added else []
    events += [Event(check.date, "checked", f"by {check.role}") for check in record.checked]
    events += [Event(change.date, "corrected", change.what) for change in record.corrected]
    if record.sign_off:
        signed = record.sign_off
        events.append(Event(signed.date, "signed", f"{signed.name}, {signed.role}"))
    if record.retracted:
        events.append(Event(record.retracted.date, "retracted", record.retracted.why))
    return tuple(sorted(events, key=lambda event: event.date))
