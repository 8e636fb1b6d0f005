"""What every page that is made has: stylesheet, charts, tables, figures, and text that is escaped."""
