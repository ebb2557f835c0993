package object

import (
	"encoding/base64"
	"maps"
	"reflect"
	"slices"
	"strconv"

	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// Encode moves a Secret's stringData into its data, as the API server would. The field is write-only there: what is
// applied by it would never be removed again.
func Encode(object *unstructured.Unstructured) *unstructured.Unstructured {
	texts, found, err := unstructured.NestedStringMap(object.Object, "stringData")
	if object.GetKind() != "Secret" || !found || err != nil {
		return object
	}
	encoded := object.DeepCopy()
	unstructured.RemoveNestedField(encoded.Object, "stringData")
	data, _, _ := unstructured.NestedMap(encoded.Object, "data")
	if data == nil {
		data = map[string]any{}
	}
	for name, text := range texts {
		data[name] = base64.StdEncoding.EncodeToString([]byte(text))
	}
	encoded.Object["data"] = data
	return encoded
}

// Inputs returns the inputs with which a program would describe the present object: the fields of the given inputs, with
// the values of the live object.
func Inputs(inputs, live *unstructured.Unstructured) map[string]any {
	now := live.Object
	if live.GetKind() == "Secret" {
		now = decoded(inputs, live)
	}
	// Texts there may look like quantities.
	strict := live.GetKind() == "Secret" || live.GetKind() == "ConfigMap"
	pruned, _ := prune(inputs.Object, now, strict).(map[string]any)
	return pruned
}

// decoded moves those entries of a Secret's data back to stringData that the inputs have there.
func decoded(inputs, live *unstructured.Unstructured) map[string]any {
	fields := maps.Clone(live.Object)
	texts, _, _ := unstructured.NestedStringMap(inputs.Object, "stringData")
	data, _, _ := unstructured.NestedStringMap(live.Object, "data")
	both := map[string]any{}
	for name := range texts {
		if text, err := base64.StdEncoding.DecodeString(data[name]); err == nil && data[name] != "" {
			both[name] = string(text)
		}
	}
	if len(texts) > 0 {
		fields["stringData"] = both
	}
	return fields
}

// prune is the live value without fields that the inputs do not have. An equal value stays as the inputs write it:
// the API server writes 1000m as 1.
func prune(input, live any, strict bool) any {
	switch want := input.(type) {
	case map[string]any:
		have, ok := live.(map[string]any)
		if !ok {
			return live
		}
		pruned := map[string]any{}
		for name, value := range want {
			if now, there := have[name]; there {
				pruned[name] = prune(value, now, strict || name == "metadata")
			} else if isEmpty(value) {
				// The API server leaves out what is empty.
				pruned[name] = value
			}
		}
		return pruned
	case []any:
		have, ok := live.([]any)
		if !ok {
			return live
		}
		return pruneList(want, have, strict)
	}
	if equal(input, live, strict) {
		return input
	}
	return live
}

// pruneList pairs items by their key field, else by position.
func pruneList(want, have []any, strict bool) any {
	if key := keyOf(want); key != "" && keyOf(have) == key {
		pruned := []any{}
		for _, item := range want {
			of := slices.IndexFunc(have, func(other any) bool { return other.(map[string]any)[key] == item.(map[string]any)[key] })
			if of >= 0 {
				pruned = append(pruned, prune(item, have[of], strict))
			}
		}
		return pruned
	}
	pruned := []any{}
	for i, item := range have {
		if i < len(want) {
			pruned = append(pruned, prune(want[i], item, strict))
		} else {
			pruned = append(pruned, item)
		}
	}
	return pruned
}

// keyOf is a field that all items have, with a different value in each.
func keyOf(items []any) string {
	for _, key := range []string{"name", "mountPath", "containerPort", "port", "key", "ip", "topologyKey"} {
		seen := map[any]bool{}
		for _, item := range items {
			fields, ok := item.(map[string]any)
			if !ok {
				return ""
			}
			switch value := fields[key].(type) {
			case string, int64:
				seen[value] = true
			}
		}
		if len(items) > 0 && len(seen) == len(items) {
			return key
		}
	}
	return ""
}

func isEmpty(value any) bool {
	switch v := value.(type) {
	case map[string]any:
		return len(v) == 0
	case []any:
		return len(v) == 0
	case string:
		return v == ""
	case bool:
		return !v
	case int64:
		return v == 0
	}
	return false
}

// equal compares two plain values, as quantities if both are and that is not ruled out.
func equal(a, b any, strict bool) bool {
	if reflect.DeepEqual(a, b) {
		return true
	}
	x, isQuantity := quantity(a)
	y, both := quantity(b)
	return !strict && isQuantity && both && x.Cmp(y) == 0
}

func quantity(value any) (resource.Quantity, bool) {
	switch v := value.(type) {
	case int64:
		return *resource.NewQuantity(v, resource.DecimalSI), true
	case float64:
		value = strconv.FormatFloat(v, 'f', -1, 64)
	}
	text, ok := value.(string)
	if !ok {
		return resource.Quantity{}, false
	}
	q, err := resource.ParseQuantity(text)
	return q, err == nil
}

// Fields of a live object that no program sets.
var byServer = []string{"creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "generation",
	"managedFields", "resourceVersion", "selfLink", "uid", "ownerReferences"}

// Imported are the inputs for an object that no program has described yet.
func Imported(live *unstructured.Unstructured) map[string]any {
	inputs := live.DeepCopy().Object
	delete(inputs, "status")
	for _, name := range byServer {
		unstructured.RemoveNestedField(inputs, "metadata", name)
	}
	return inputs
}
