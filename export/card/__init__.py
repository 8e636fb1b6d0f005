"""The data card: one page that tells what a data set holds, to be attached to it."""
