"""The command line of app.py: exam, work, chat."""
