"""HTTP in, HTTP out; one service call each."""
