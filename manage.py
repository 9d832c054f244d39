#!/usr/bin/env python3
"""python3 manage.py up    sets up whatever is missing and runs everything
python3 manage.py test  sets up likewise and runs every test
Any other Django command works as usual. Only Python 3.11 or newer is needed."""

import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent


def starter() -> ModuleType:
    """The starter's commands, loaded past partnership/__init__.py, which needs Celery: nothing may be installed yet."""
    folder = ROOT / "partnership" / "embedded"
    spec = importlib.util.spec_from_file_location(
        "starter", str(folder / "__init__.py"), submodule_search_locations=[str(folder)]
    )
    assert spec  # the file is part of the project
    sys.modules["starter"] = importlib.util.module_from_spec(spec)
    return importlib.import_module("starter.commands")


if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.exit("This needs Python 3.11 or newer; this is Python {}.{}.".format(*sys.version_info[:2]))
    sys.exit(starter().main(ROOT, sys.argv))
