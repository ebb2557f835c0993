package object

import "github.com/pulumi/pulumi/sdk/v3/go/common/resource"

func unwrap(v resource.PropertyValue) resource.PropertyValue {
	for v.IsSecret() {
		v = v.SecretValue().Element
	}
	return v
}

func isString(v resource.PropertyValue) bool { return unwrap(v).IsString() }
func text(v resource.PropertyValue) string   { return unwrap(v).StringValue() }

// Object is a field that is an object, or an empty one.
func Object(m resource.PropertyMap, name resource.PropertyKey) resource.PropertyMap {
	if v := unwrap(m[name]); v.IsObject() {
		return v.ObjectValue()
	}
	return resource.PropertyMap{}
}

// Text is a field that is a string, or nothing.
func Text(m resource.PropertyMap, name resource.PropertyKey) string {
	if v := m[name]; isString(v) {
		return text(v)
	}
	return ""
}
