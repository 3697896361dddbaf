"""The password of a store on a server: where it is looked for, and that it is shown nowhere."""

import logging
from pathlib import Path

import pytest

from pmreport.config import load
from pmreport.errors import NotAuthorisedError
from pmreport.secrets import Secret, store_password
from tests.support.file_keyring import FileKeyring
