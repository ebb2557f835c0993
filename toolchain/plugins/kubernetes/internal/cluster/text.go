package cluster

import (
	"strings"
	"unicode/utf8"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
)

// Logs are read raw; the serializer is used for errors only.
var textOnly = serializer.NewCodecFactory(runtime.NewScheme()).WithoutConversion()

const longest = 400

// OneLine is a text on one line, of at most so many bytes, and in UTF-8 whatever a container wrote: the engine's protocol refuses anything else.
func OneLine(text string) string {
	text = strings.ToValidUTF8(strings.Join(strings.Fields(text), " "), "?")
	if len(text) <= longest {
		return text
	}
	end := longest
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + " ..."
}
