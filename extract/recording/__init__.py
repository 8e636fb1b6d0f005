"""Making a recording: prompts go out as files, what was written to them comes back and is validated."""
