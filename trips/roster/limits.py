"""The ceilings that keep a hostile file from hurting the portal. Values only, no logic."""

from __future__ import annotations

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_ROWS = 2_000
MAX_COLUMNS = 60
MAX_FIELDS = 16_384
MAX_SHEETS = 60
MAX_CELL_CHARS = 2_000
MAX_TEXT_CHARS = 4_000_000
# Five times the reading area: a workbook may carry another large sheet beside the roster.
MAX_SHEET_VALUES = 600_000

# A roster of 2,000 x 60 cells unpacks to about 6 MB; formatted empty rows to the sheet's end reach some 100 MB.
MAX_UNPACKED_BYTES = 120 * 1024 * 1024
MAX_ARCHIVE_ENTRIES = 2_000
# Deflate can reach 1032; sheets full of formatted empty cells were seen at about 100.
MAX_UNPACK_RATIO = 300
RATIO_APPLIES_FROM_BYTES = 20 * 1024 * 1024

# Reading 2,000 x 60 cells peaks at 91 MB of address space (python-calamine 0.9.1); the bar is 512 MB.
CHILD_MEMORY_BYTES = 512 * 1024 * 1024
CHILD_CPU_SECONDS = 6
# Ten seconds is the bar for the whole answer; the rest is for judging the rows.
WALL_SECONDS = 9.0

# Cells outside the reading area up to this number are named and left out; more of them refuse the file.
MAX_STRAY_CELLS = 5
PEEK_ROWS = 30
