"""A domain of tau2 over the desk's tools.

`python -m agentic.plugs.tau2 write` makes its files and needs no tau2; `run` registers the domain and hands the rest of
the line to tau2's own command.
"""
