"""The support desk as an environment: an agent works a ticket with tools on private copies of both databases.

>>> from agentic.environment import Environment
>>> environment = Environment(Path("data"))
>>> desk = environment.reset("t_00123")
>>> desk.read_ticket()
"""
