"""The configuration file, read into the settings of every room."""

from pmreport.config.load import load, load_found, parse
from pmreport.config.settings import Config

__all__ = ["Config", "load", "load_found", "parse"]
