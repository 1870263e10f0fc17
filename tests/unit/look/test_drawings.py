from datetime import date, timedelta
from itertools import pairwise

from core import drawings


def events(*days: int) -> list[dict[str, object]]:
    start = date(2026, 9, 1)
    return [{"date": start + timedelta(days=day), "label": f"Filing {day}"} for day in days]


def test_marks_stand_in_the_order_of_their_dates() -> None:
    marks = drawings.timeline(events(90, 0, 30)).marks
    assert [mark.event["label"] for mark in marks] == ["Filing 0", "Filing 30", "Filing 90"]
    assert [mark.x for mark in marks] == sorted(mark.x for mark in marks)


def test_labels_in_one_lane_never_overlap() -> None:
    marks = drawings.timeline(events(*range(0, 60, 2))).marks
    lanes: dict[float, list[tuple[float, float]]] = {}
    for mark in marks:
        extent = len(mark.label) * drawings.CHARACTER
        span = (mark.x - extent, mark.x) if mark.anchor == "end" else (mark.x, mark.x + extent)
        lanes.setdefault(mark.y, []).append(span)
    for spans in lanes.values():
        ordered = sorted(spans)
        assert all(before[1] < after[0] for before, after in pairwise(ordered))


def test_nothing_is_drawn_outside_the_sheet() -> None:
    drawing = drawings.timeline(events(0, 3, 400, 401), today=date(2027, 1, 1))
    assert all(0 < mark.x < drawing.width and 0 < mark.y < drawing.axis for mark in drawing.marks)
    assert drawing.today is not None
    assert 2 <= len(drawing.ticks) <= 14


def test_one_event_or_none_is_still_a_drawing() -> None:
    assert drawings.timeline([]).marks == []
    assert len(drawings.timeline(events(5)).marks) == 1


def test_decades_get_few_ticks() -> None:
    assert len(drawings.timeline(events(0, 365 * 60)).ticks) <= 14


def test_a_week_strip_starts_on_monday_and_holds_each_item_once() -> None:
    day = date(2026, 11, 21)
    strip = drawings.weeks([{"date": day, "label": "Reply"}], day, closed=[date(2026, 11, 23)])
    assert strip[0]["date"] == date(2026, 11, 16)
    assert [item["label"] for entry in strip for item in entry["items"]] == ["Reply"]
    assert [entry["date"].day for entry in strip if entry["closed"]] == [21, 22, 23, 28, 29]
    assert [entry["date"] for entry in strip if entry["today"]] == [day]
