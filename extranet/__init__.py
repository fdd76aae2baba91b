"""An extranet for networks of public employers."""

__version__ = "0.1.0"
