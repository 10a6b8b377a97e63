from cmcore.time.clocks import BusinessClock as BusinessClock
from cmcore.time.clocks import deadline as deadline
from cmcore.time.durations import days as days
from cmcore.time.durations import hours as hours
from cmcore.time.durations import minutes as minutes
from cmcore.time.durations import weeks as weeks
from cmcore.time.intervals import Span as Span
from cmcore.time.week import Week as Week
