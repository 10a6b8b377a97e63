"""Rules of Reddit's AutoModerator, read as a charter for what members post, and looked over."""

from cmcore.base.offers import offer

offer(__name__)
