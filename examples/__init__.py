"""A support agent over both databases, and the scorer of any agent's answers; docs/agents.md walks through them."""
