# SPDX-FileCopyrightText: 2026 The Loopscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""M/M/4 in SimPy, as its documentation writes queues (a Resource and a process for each customer): simpy-queue.py CUSTOMERS.

Prints the mean wait and the mean sojourn.
"""
import random
import sys

import simpy

ARRIVAL_RATE = 3.6
SERVICE_RATE = 1.0
SERVERS = 4

waits = sojourns = 0.0


def customer(env, servers, draw):
    global waits, sojourns
    arrival = env.now
    with servers.request() as turn:
        yield turn
        waits += env.now - arrival
        yield env.timeout(draw(SERVICE_RATE))
    sojourns += env.now - arrival


def arrivals(env, servers, draw, count):
    for _ in range(count):
        yield env.timeout(draw(ARRIVAL_RATE))
        env.process(customer(env, servers, draw))


count = int(sys.argv[1])
environment = simpy.Environment()
environment.process(arrivals(environment, simpy.Resource(environment, SERVERS), random.Random(1).expovariate, count))
environment.run()
print(waits / count, sojourns / count)
