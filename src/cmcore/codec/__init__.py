"""Reading and writing every value of the library: JSON, YAML and TOML, strictly."""

from cmcore.base.offers import offer

offer(__name__)
