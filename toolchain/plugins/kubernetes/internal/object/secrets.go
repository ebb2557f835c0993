package object

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
)

// MarkSecrets marks properties as secret that are secret in their source, and the content of a Secret.
func MarkSecrets(kind kinds.Kind, properties, from resource.PropertyMap) resource.PropertyMap {
	marked := mark(resource.NewObjectProperty(properties), resource.NewObjectProperty(from)).ObjectValue()
	if kind.Name == "Secret" {
		for _, name := range []resource.PropertyKey{"data", "stringData"} {
			if v, ok := marked[name]; ok && !v.IsSecret() && !v.IsComputed() {
				marked[name] = resource.MakeSecret(plain(v))
			}
		}
	}
	return marked
}

func mark(v, from resource.PropertyValue) resource.PropertyValue {
	switch {
	case v.IsSecret():
		return v
	case from.IsSecret() || from.IsOutput() && from.OutputValue().Secret:
		return resource.MakeSecret(plain(v))
	case v.IsObject() && from.IsObject():
		fields := resource.PropertyMap{}
		for name, field := range v.ObjectValue() {
			fields[name] = field
			if of, ok := from.ObjectValue()[name]; ok {
				fields[name] = mark(field, of)
			}
		}
		return resource.NewObjectProperty(fields)
	case v.IsArray() && from.IsArray():
		items, of := v.ArrayValue(), from.ArrayValue()
		if len(items) != len(of) {
			// It is no longer known which item came from which.
			if from.ContainsSecrets() {
				return resource.MakeSecret(plain(v))
			}
			return v
		}
		marked := make([]resource.PropertyValue, len(items))
		for i := range items {
			marked[i] = mark(items[i], of[i])
		}
		return resource.NewArrayProperty(marked)
	}
	return v
}

// The shortest secret that is removed from messages: shorter ones would remove ordinary words.
const redactable = 4

// Redact removes the secrets among the inputs from a message, also in base64, as in a Secret's data.
func Redact(message string, inputs resource.PropertyMap) string {
	found := secrets(resource.NewObjectProperty(inputs), false, nil)
	for _, secret := range found {
		if text, err := base64.StdEncoding.DecodeString(secret); err == nil {
			found = append(found, string(text))
		}
	}
	// Longer secrets first, since they may contain shorter ones.
	slices.SortFunc(found, func(a, b string) int { return len(b) - len(a) })
	for _, secret := range found {
		if len(secret) >= redactable {
			message = strings.ReplaceAll(message, secret, "[secret]")
		}
	}
	return message
}

func secrets(v resource.PropertyValue, inside bool, found []string) []string {
	switch {
	case v.IsSecret():
		return secrets(v.SecretValue().Element, true, found)
	case v.IsOutput():
		return secrets(v.OutputValue().Element, inside || v.OutputValue().Secret, found)
	case v.IsString() && inside:
		return append(found, v.StringValue())
	case v.IsArray():
		for _, item := range v.ArrayValue() {
			found = secrets(item, inside, found)
		}
	case v.IsObject():
		for _, field := range v.ObjectValue() {
			found = secrets(field, inside, found)
		}
	}
	return found
}
