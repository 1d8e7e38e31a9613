"""Simplified Chinese: digits in threes, as the browser writes them, and months without a leading zero."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
MONTH_DAY_FORMAT = "n月j日"
