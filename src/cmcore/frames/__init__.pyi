from cmcore.frames.api import audit_frame as audit_frame
from cmcore.frames.api import decide_dask as decide_dask
from cmcore.frames.api import decide_frame as decide_frame
from cmcore.frames.api import decide_spark as decide_spark
from cmcore.frames.api import tally_dask as tally_dask
from cmcore.frames.api import tally_frame as tally_frame
from cmcore.frames.api import tally_spark as tally_spark
