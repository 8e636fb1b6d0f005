"""The build on Spark, and its files."""
