"""Prints the settings of iRedAPD's settings.py (named as the first argument) as JSON, read as Python reads them.

The file begins with `from libs.default_settings import *`: the defaults stand in for that module. They are the documented ones, of the
settings the policy server knows.
"""

import json
import sys
import types

DEFAULTS = {
    "plugins": [],
    "MYNETWORKS": [],
    "ALLOWED_FORGED_SENDERS": [],
    "ALLOWED_LOGIN_MISMATCH_SENDERS": [],
    "ALLOWED_LOGIN_MISMATCH_LIST_MEMBER": False,
    "GREYLISTING_MESSAGE": "Intentional policy rejection, please try again later",
    "GREYLISTING_BLOCK_EXPIRE": 15,
}

defaults = types.ModuleType("libs.default_settings")
defaults.__dict__.update(DEFAULTS)
sys.modules["libs"] = types.ModuleType("libs")
sys.modules["libs.default_settings"] = defaults

settings = {}
with open(sys.argv[1], encoding="utf-8") as file:
    exec(compile(file.read(), sys.argv[1], "exec"), settings)
print(json.dumps({name: settings.get(name, value) for name, value in DEFAULTS.items()}))
