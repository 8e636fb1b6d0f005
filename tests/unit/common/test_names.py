"""The packages of this project are found under their plain names, whatever else is installed."""

from __future__ import annotations

from importlib.metadata import packages_distributions

OURS = {"common", "data", "export", "extract"}


def test_no_installed_package_has_the_name_of_one_of_ours() -> None:
    """dbt looks for modules in this folder last (`module_paths` of profiles.yml), so another one would hide ours."""
    assert not OURS & packages_distributions().keys()
