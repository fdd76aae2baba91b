"""How much a preview may cost and hold. The child keeps to these numbers; the parent does not trust it to."""

MEGABYTE = 1_000_000

SECONDS = 45  # by the clock; then the child is killed
CPU_SECONDS = 40
TEXT_SECONDS = 12  # of a PDF with very many pages, what was read until then
MEMORY = 2_000 * MEGABYTE  # of addresses, most of which are never used
FILE = 600 * MEGABYTE  # a larger one is not looked at
WRITTEN = 64 * MEGABYTE  # each file that the child writes
UNPACKED = 400 * MEGABYTE  # what an office file may hold
ENTRIES = 10_000

PICTURES = 8
PICTURE = 3 * MEGABYTE
WIDTH = 1000
HEIGHT = 2000
PIXELS = 80_000_000

TEXT_PAGES = 300
TEXT = 1_000_000
HTML = 600_000
FACTS = 20_000
REPORT = 8 * MEGABYTE

# Of a recording only both ends are looked at: what it is stands there.
HEAD = 4 * MEGABYTE
TAIL = 16 * MEGABYTE
