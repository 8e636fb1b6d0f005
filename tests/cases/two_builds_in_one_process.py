"""From the root of a checkout, .venv active, EVENTHUB_DATA_DIR empty.

A notebook builds, a terminal pulls, the notebook builds again.
"""

import subprocess
import sys

from dbt.cli.main import dbtRunner

pull = [sys.executable, "extract/run.py"]
subprocess.run([*pull, "--test"], check=True)
runner = dbtRunner()
print("first build ", runner.invoke(["build", "--quiet"]).success)
subprocess.run([*pull, "--count", "users=110"], check=True)
print("second build", runner.invoke(["build", "--quiet"]).success, "(right: True)")
