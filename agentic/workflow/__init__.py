"""The reference workflow on LangGraph: classifier, resolver, review, escalation. `make agents` installs it."""
