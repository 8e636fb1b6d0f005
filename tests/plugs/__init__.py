"""Tests against readers that have an environment of their own: `make test-plugs`."""
