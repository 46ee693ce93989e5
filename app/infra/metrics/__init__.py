"""Numbers about this deployment, from all of its processes, in Redis: what Prometheus, alerts and page read.

`counters` are counted in every process; `ledger` is what of it Redis does not have yet, and `reporter` brings
it there every few seconds, with a sign of life of the process. `gauges` are measured by one sweep for all;
`windows` reads what was counted in the last minutes; `exposition` is the text of GET /metrics.
"""
