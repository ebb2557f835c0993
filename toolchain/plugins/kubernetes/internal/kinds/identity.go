package kinds

const (
	// Version is the version of the official plugin that this one stands in for.
	Version = "4.34.2"
	// Identity tells people which of the two plugins this is.
	Identity = "pulumi-spark-cluster drop-in for the kubernetes provider " + Version
)
