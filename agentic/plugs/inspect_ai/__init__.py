"""The exam as a task of Inspect: `inspect eval eventhub/support`, or by path in a checkout."""
