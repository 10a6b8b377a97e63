from cmcore.tables.api import to_frame as to_frame
from cmcore.tables.api import to_frames as to_frames
