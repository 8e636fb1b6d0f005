"""The exam in other harnesses: each plug is a thin layer over `environment.list_tools()` and `environment.call`."""
