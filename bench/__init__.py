"""How fast it is: each figure a ratio, in the same run, to a bare Flask route on the same server. `./run bench`."""
