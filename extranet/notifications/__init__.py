"""Tells people what happened, once each, in the header and by letter if they wish."""
