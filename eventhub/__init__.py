"""The command `eventhub` of an installed package; all else is in the folders beside it."""
