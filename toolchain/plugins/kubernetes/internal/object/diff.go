package object

import (
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
)

// Mutable lists kinds that are changed in place although they are replaced by default.
type Mutable struct{ ConfigMap, Secret bool }

// Diff compares inputs, and says what the API server would not change on the existing object.
func Diff(kind kinds.Kind, before, after resource.PropertyMap, mutable Mutable) plugin.DiffResult {
	before, after = Plain(before), Plain(after)
	if !after.ContainsUnknowns() {
		before, after = normalized(kind, before), normalized(kind, after)
	}
	difference := Difference(before, after)
	if difference == nil {
		return plugin.DiffResult{Changes: plugin.DiffNone}
	}
	details := plugin.NewDetailedDiffFromObjectDiff(difference, true)
	result := plugin.DiffResult{Changes: plugin.DiffSome, DetailedDiff: map[string]plugin.PropertyDiff{}}
	for _, path := range slices.Sorted(maps.Keys(details)) {
		detail := details[path]
		fields := parse(path)
		key := resource.PropertyKey(fields[0])
		if replaces(kind, fields, before, mutable) {
			detail.Kind = detail.Kind.AsReplace()
			if !slices.Contains(result.ReplaceKeys, key) {
				result.ReplaceKeys = append(result.ReplaceKeys, key)
			}
		}
		if !slices.Contains(result.ChangedKeys, key) {
			result.ChangedKeys = append(result.ChangedKeys, key)
		}
		result.DetailedDiff[path] = detail
	}
	if len(result.ReplaceKeys) > 0 {
		result.DeleteBeforeReplace = sameName(before, after)
	}
	return result
}

// Difference compares plain properties. Unknown values count as different: the SDK's comparisons take them for
// equal, or for missing.
func Difference(before, after resource.PropertyMap) *resource.ObjectDiff {
	return before.Diff(known(resource.NewObjectProperty(after)).ObjectValue())
}

// A text that no program contains.
var unknown = resource.NewStringProperty("\x00not known yet")

func known(v resource.PropertyValue) resource.PropertyValue {
	switch {
	case v.IsComputed():
		return unknown
	case v.IsArray():
		items := make([]resource.PropertyValue, len(v.ArrayValue()))
		for i, item := range v.ArrayValue() {
			items[i] = known(item)
		}
		return resource.NewArrayProperty(items)
	case v.IsObject():
		fields := resource.PropertyMap{}
		for name, field := range v.ObjectValue() {
			fields[name] = known(field)
		}
		return resource.NewObjectProperty(fields)
	}
	return v
}

// sameName reports whether the new object has the name of the old one, and so cannot be made while the old one exists.
func sameName(before, after resource.PropertyMap) bool {
	old, new := Object(before, "metadata"), Object(after, "metadata")
	return Text(new, "name") != "" && Text(old, "name") == Text(new, "name") && Text(old, "namespace") == Text(new, "namespace")
}

// parse splits a property path; places in lists become *.
func parse(path string) []string {
	parsed, err := resource.ParsePropertyPath(path)
	if err != nil || len(parsed) == 0 {
		return []string{path}
	}
	fields := make([]string, len(parsed))
	for i, part := range parsed {
		if name, ok := part.(string); ok {
			fields[i] = name
		} else {
			fields[i] = "*"
		}
	}
	return fields
}

var always = []string{"metadata.name", "metadata.namespace", "apiVersion", "kind"}

func replaces(kind kinds.Kind, fields []string, before resource.PropertyMap, mutable Mutable) bool {
	if matches(always, fields) {
		return true
	}
	if !matches(kind.Replace, fields) || matches(kind.Keep, fields) {
		return false
	}
	inPlace := kind.Name == "ConfigMap" && mutable.ConfigMap || kind.Name == "Secret" && mutable.Secret
	if inPlace && fields[0] != "type" {
		// The API server refuses changes of an object that was marked immutable.
		return before["immutable"].IsBool() && before["immutable"].BoolValue()
	}
	return true
}

// matches reports whether a pattern names a field or one above it. In patterns, [*] is any item of a list.
func matches(patterns, fields []string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		parts := strings.Split(strings.ReplaceAll(pattern, "[*]", ".*"), ".")
		return len(parts) <= len(fields) && slices.Equal(parts, fields[:len(parts)])
	})
}

// Top is the property that a path leads into.
func Top(path string) string { return parse(path)[0] }
