"""What values are shown with: views, tables, pictures, wording; it knows no subject."""

from cmcore.base.offers import offer

offer(__name__)
