"""The export: all files that readers get, made from the marts, replaced together, and verified later."""
