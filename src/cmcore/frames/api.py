"""Frames: many rows decided and audited at once, from tables of any kind.

What does the work is imported when it is used, since it comes with an extra.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypeVar

from cmcore.base.asked import checked
from cmcore.base.errors import MissingExtraError
from cmcore.charters.audits.audit import Audit
from cmcore.charters.audits.conclude import USUAL_CONFIDENCE, check_options, conclude
from cmcore.charters.audits.tally import Tally
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.time.units import Every

_F = TypeVar("_F")
_PACKAGES: Final = ("narwhals", "numpy", "pyarrow")
#: How to recognise a distributed frame: the prefix of its class's module.
_SPARK: Final = "pyspark."
_DASK: Final = "dask."


def need(*packages: str) -> None:
    """Check that packages are installed.

    Raises:
        MissingExtraError: when one of them is not.
    """
    from importlib import import_module

    for package in packages:
        try:
            import_module(package)
        except ImportError:
            raise MissingExtraError(package) from None


@checked
def decide_frame(  # noqa: PLR0913 - each option is named and independent
    charter: Charter,
    frame: _F,
    *,
    columns: Mapping[str, Any] | None = None,
    usual: Mapping[str, object] | None = None,
    context: Context | None = None,
    rules: bool = True,
    explain: bool = False,
) -> _F:
    """Decide every row of a frame, and return the frame with columns for the answers.

    The columns are those of a history, each with the name of its fact; `columns` maps facts to
    columns with other names. `usual` gives the facts of every row that does not say otherwise, as
    plain data: `{"kind": "publish"}`. Nulls and facts without a column are unknown; `context`
    applies to every row. A value that does not fit its fact counts as unknown. Instants are read in
    UTC, to the microsecond.

    The added columns are `outcome`, `circuits` and, unless `rules` is false, `rules`: those that
    determine the outcome. `explain` adds `unknowns`, the missing facts that led to the outcome, and
    `outside`: if no rule decides, why the row is out of scope (`term`, `networks`,
    `volume.publish`), or may be.

    Raises:
        InvalidError: with every column that cannot hold its fact.
        MissingExtraError: when narwhals, numpy or pyarrow is not installed.

    Examples:
        >>> import polars as pl
        >>> from cmcore import catalog
        >>> from cmcore.frames import decide_frame
        >>> acts = pl.DataFrame({"kind": ["publish", "delete"]})
        >>> decide_frame(catalog.charters["small-brand"], acts)["outcome"].to_list()
        ['exception', 'exception']
    """
    home = type(frame).__module__
    for start, elsewhere in ((_SPARK, decide_spark), (_DASK, decide_dask)):
        if home.startswith(start):
            return elsewhere(
                charter, frame, columns=columns, usual=usual, context=context, rules=rules,
                explain=explain,
            )  # fmt: skip
    need(*_PACKAGES)
    from cmcore.frames.batches import decide_any
    from cmcore.frames.decide import Told
    from cmcore.frames.intake import Asked

    asked, told = Asked(columns, usual), Told(rules=rules, explain=explain)
    decided: _F = decide_any(charter, frame, asked, context or Context(), told)
    return decided


@checked
def tally_frame(  # noqa: PLR0913 - each option is named and independent
    charter: Charter,
    frame: object,
    *,
    columns: Mapping[str, Any] | None = None,
    usual: Mapping[str, object] | None = None,
    context: Context | None = None,
    every: Every = "month",
) -> Tally:
    """Count the rows of a frame under a charter; `conclude` turns the tally into an audit.

    The frame is read as `decide_frame` reads it, one part at a time, and need not fit in memory,
    unless the charter counts earlier acts or has expectations. In that case the rows are put in
    order of time, and each knows the rows before it, as in `audit`.

    Raises:
        InvalidError: with every column that cannot hold its fact, or when there is no such period
            as `every`.
        MissingExtraError: when narwhals, numpy or pyarrow is not installed.

    Examples:
        >>> import polars as pl
        >>> from cmcore import catalog
        >>> from cmcore.charters import conclude
        >>> from cmcore.frames import tally_frame
        >>> acts = pl.DataFrame({"kind": ["publish", "delete"]})
        >>> charter = catalog.charters["small-brand"]
        >>> conclude(charter, tally_frame(charter, acts)).total
        2
    """
    home = type(frame).__module__
    for start, elsewhere in ((_SPARK, tally_spark), (_DASK, tally_dask)):
        if home.startswith(start):
            return elsewhere(
                charter, frame, columns=columns, usual=usual, context=context, every=every
            )
    need(*_PACKAGES)
    from cmcore.frames.count import tally_any
    from cmcore.frames.intake import Asked

    return tally_any(charter, frame, Asked(columns, usual), context or Context(), every)


@checked
def audit_frame(  # noqa: PLR0913 - each option is named and independent
    charter: Charter,
    frame: object,
    *,
    columns: Mapping[str, Any] | None = None,
    usual: Mapping[str, object] | None = None,
    context: Context | None = None,
    confidence: float = USUAL_CONFIDENCE,
    every: Every = "month",
    missing: int | None = 0,
    since: date | None = None,
    through: date | None = None,
) -> Audit:
    """Judge a frame by a charter, as `audit` judges a history; `columns` as in `decide_frame`.

    The figures are those of `audit` on the acts in the rows. The examples of a cause are its first
    rows, in the order of the frame.

    Raises:
        InvalidError: with every column that cannot hold its fact, or when `confidence`, `missing`
            or the days are impossible, or `every` unknown.
        MissingExtraError: when narwhals, numpy or pyarrow is not installed.

    Examples:
        >>> import polars as pl
        >>> from cmcore import catalog
        >>> from cmcore.frames import audit_frame
        >>> acts = pl.DataFrame({"kind": ["publish", "delete"]})
        >>> audit_frame(catalog.charters["small-brand"], acts).total
        2
    """
    check_options(confidence, missing, since, through)
    counted = tally_frame(
        charter, frame, columns=columns, usual=usual, context=context, every=every
    )
    return conclude(charter, counted, confidence, missing, since=since, through=through)


@checked
def decide_spark(  # noqa: PLR0913 - each option is named and independent
    charter: Charter,
    frame: _F,
    *,
    columns: Mapping[str, Any] | None = None,
    usual: Mapping[str, object] | None = None,
    context: Context | None = None,
    rules: bool = True,
    explain: bool = False,
) -> _F:
    """Decide every row of a Spark frame, part by part where the rows are; see `decide_frame`.

    Nothing is decided before Spark is asked for the rows. The added columns are of type `string`
    (`outcome`) and `array<string>`. The worker machines need cmcore with its extra `frames`.

    Raises:
        InvalidError: with every column that cannot hold its fact.
        MissingExtraError: when narwhals, numpy or pyarrow is not installed.

    Examples:
        >>> from cmcore import catalog
        >>> from cmcore.frames import decide_spark
        >>> acts = spark.createDataFrame([("publish",), ("delete",)], ["kind"])  # doctest: +SKIP
        >>> decided = decide_spark(catalog.charters["small-brand"], acts)  # doctest: +SKIP
        >>> decided.select("outcome").collect()  # doctest: +SKIP
    """
    need(*_PACKAGES)
    from cmcore.frames.decide import Told
    from cmcore.frames.intake import Asked
    from cmcore.frames.spark import decide

    asked, told = Asked(columns, usual), Told(rules=rules, explain=explain)
    decided: _F = decide(charter, frame, asked, context or Context(), told)
    return decided


@checked
def tally_spark(  # noqa: PLR0913 - each option is named and independent
    charter: Charter,
    frame: object,
    *,
    columns: Mapping[str, Any] | None = None,
    usual: Mapping[str, object] | None = None,
    context: Context | None = None,
    every: Every = "month",
) -> Tally:
    """Count the rows of a Spark frame, part by part where the rows are; see `tally_frame`.

    Raises:
        InvalidError: as `tally_frame` does, and when the charter counts earlier acts, which
            another part may hold.
        MissingExtraError: when narwhals, numpy or pyarrow is not installed.

    Examples:
        >>> from cmcore import catalog
        >>> from cmcore.charters import conclude
        >>> from cmcore.frames import tally_spark
        >>> acts = spark.createDataFrame([("publish",), ("delete",)], ["kind"])  # doctest: +SKIP
        >>> charter = catalog.charters["small-brand"]
        >>> conclude(charter, tally_spark(charter, acts)).total  # doctest: +SKIP
    """
    need(*_PACKAGES)
    from cmcore.frames.intake import Asked
    from cmcore.frames.spark import tally

    return tally(charter, frame, Asked(columns, usual), context or Context(), every)


@checked
def decide_dask(  # noqa: PLR0913 - each option is named and independent
    charter: Charter,
    frame: _F,
    *,
    columns: Mapping[str, Any] | None = None,
    usual: Mapping[str, object] | None = None,
    context: Context | None = None,
    rules: bool = True,
    explain: bool = False,
) -> _F:
    """Decide every row of a Dask frame, partition by partition; see `decide_frame`.

    Nothing is decided before Dask is asked for the rows.

    Raises:
        InvalidError: with every column that cannot hold its fact.
        MissingExtraError: when a package of the extra `dask` is not installed.

    Examples:
        >>> import dask.dataframe as dd
        >>> import pandas as pd
        >>> from cmcore import catalog
        >>> from cmcore.frames import decide_dask
        >>> acts = dd.from_pandas(pd.DataFrame({"kind": ["publish", "delete"]}), npartitions=2)
        >>> decided = decide_dask(catalog.charters["small-brand"], acts)
        >>> decided.compute(scheduler="synchronous")["outcome"].tolist()
        ['exception', 'exception']
    """
    need("dask", "pandas", *_PACKAGES)
    from cmcore.frames.dask import decide
    from cmcore.frames.decide import Told
    from cmcore.frames.intake import Asked

    asked, told = Asked(columns, usual), Told(rules=rules, explain=explain)
    decided: _F = decide(charter, frame, asked, context or Context(), told)
    return decided


@checked
def tally_dask(  # noqa: PLR0913 - each option is named and independent
    charter: Charter,
    frame: object,
    *,
    columns: Mapping[str, Any] | None = None,
    usual: Mapping[str, object] | None = None,
    context: Context | None = None,
    every: Every = "month",
) -> Tally:
    """Count the rows of a Dask frame, partition by partition; see `tally_frame`.

    Raises:
        InvalidError: as `tally_frame` does, and when the charter counts earlier acts, which
            another partition may hold.
        MissingExtraError: when a package of the extra `dask` is not installed.

    Examples:
        >>> import dask.dataframe as dd
        >>> import pandas as pd
        >>> from cmcore import Charter, catalog
        >>> import dask
        >>> from cmcore.charters import conclude
        >>> from cmcore.frames import tally_dask
        >>> acts = dd.from_pandas(pd.DataFrame({"kind": ["publish", "delete"]}), npartitions=2)
        >>> charter = Charter("shop", circuits=[catalog.circuits["owner"]], default="owner")
        >>> with dask.config.set(scheduler="synchronous"):
        ...     counted = tally_dask(charter, acts)
        >>> conclude(charter, counted).total
        2
    """
    need("dask", "pandas", *_PACKAGES)
    from cmcore.frames.dask import tally
    from cmcore.frames.intake import Asked

    return tally(charter, frame, Asked(columns, usual), context or Context(), every)
