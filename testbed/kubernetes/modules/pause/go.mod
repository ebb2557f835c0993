module sparkcluster/testbed/pause

go 1.25.0
