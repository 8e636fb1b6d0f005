"""The reference workflow on LangGraph: classifier, resolver, escalation. It needs the packages of `make agents`."""
