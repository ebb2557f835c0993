module sparkcluster/testbed/probe

go 1.25.0
