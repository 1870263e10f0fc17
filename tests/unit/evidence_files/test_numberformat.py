from datetime import date, datetime, time, timedelta

import pytest

from evidence.files.convert.numberformat import shown


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (None, "General", ""),
        (True, "General", "TRUE"),
        ("HP1", "@", "HP1"),
        (0.1 + 0.2, "General", "0.3"),
        (250000, "General", "250000"),
        (250000, "#,##0", "250,000"),
        (0.987, "0.0%", "98.7%"),
        (1234.5, '"£"#,##0.00', "£1,234.50"),
        (1234.5, "[$£-809]#,##0.00", "£1,234.50"),
        (-5, "0.00", "-5.00"),
        (-5, "0.00;(0.00)", "(5.00)"),
        (-0.001, "0.00", "0.00"),
        (1.5, "0.0##", "1.5"),
        (7, '0" days"', "7 days"),
        (date(2026, 9, 1), "dd/mm/yyyy", "01/09/2026"),
        (datetime(2026, 9, 1, 14, 5), "d mmmm yyyy hh:mm", "1 September 2026 14:05"),  # noqa: DTZ001 - cells have no zone
        (datetime(2026, 9, 1, 14, 5), "h:mm AM/PM", "2:05 PM"),  # noqa: DTZ001 - cells have no zone
        (datetime(2026, 9, 1), "mm-dd-yy", "09-01-26"),  # noqa: DTZ001 - cells have no zone
        (time(9, 30), "hh:mm:ss", "09:30:00"),
        (timedelta(hours=30, minutes=5), "[h]:mm:ss", "30:05:00"),
    ],
)
def test_values_read_as_in_the_cell(value: object, form: str, text: str) -> None:
    assert shown(value, form) == text
