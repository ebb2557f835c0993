package cluster

import (
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
)

// Logs are read as they are; the serializer is only asked for the errors.
var textOnly = serializer.NewCodecFactory(runtime.NewScheme()).WithoutConversion()
