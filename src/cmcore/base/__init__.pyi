from cmcore.base.errors import CmcoreError as CmcoreError
from cmcore.base.errors import InvalidError as InvalidError
from cmcore.base.errors import MissingExtraError as MissingExtraError
from cmcore.base.errors import Problem as Problem
from cmcore.base.truth import Truth as Truth
