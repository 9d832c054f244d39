"""The world of these tests."""

from tests.apps.area_world import files_aside, september, world  # noqa: F401
