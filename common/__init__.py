"""What both halves use: extract, which lands, and export, which publishes."""
