# SPDX-License-Identifier: Apache-2.0
"""run.py SECONDS LOG WORD...: runs a program, its output to LOG, and ends it after SECONDS; prints exit status, seconds, peak memory in KiB. A
process of its own: the peak of a child counts what its parent had before."""
import json
import os
import subprocess
import sys
import threading
import time

limit, log, *words = sys.argv[1:]
with open(log, 'wb') as out:
    began = time.monotonic()
    child = subprocess.Popen(words, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, 'LC_ALL': 'C', 'OMP_NUM_THREADS': '1'})
    ender = threading.Timer(float(limit), child.kill)
    ender.start()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - began
    ender.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
print(json.dumps([child.returncode, seconds, usage.ru_maxrss]))
