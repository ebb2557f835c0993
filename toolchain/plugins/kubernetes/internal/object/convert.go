// Package object turns Pulumi's property values into Kubernetes objects and back, and compares them.
package object

import (
	"fmt"
	"math"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// IsInternal reports whether a property belongs to the provider and not to the object.
func IsInternal(name resource.PropertyKey) bool { return len(name) > 2 && name[:2] == "__" }

// FromProperties makes an object from inputs. Unknown values are left out; complete is then false.
func FromProperties(inputs resource.PropertyMap) (object *unstructured.Unstructured, complete bool, err error) {
	c := converter{complete: true}
	fields := c.fields(inputs)
	return &unstructured.Unstructured{Object: fields}, c.complete, c.problem
}

type converter struct {
	complete bool
	problem  error
}

func (c *converter) fields(m resource.PropertyMap) map[string]any {
	fields := map[string]any{}
	for name, v := range m {
		if IsInternal(name) {
			continue
		}
		if value, ok := c.value(v); ok {
			fields[string(name)] = value
		}
	}
	return fields
}

// value returns false for values that the object does not get: nulls and unknown values.
func (c *converter) value(v resource.PropertyValue) (any, bool) {
	switch {
	case v.IsNull():
		return nil, false
	case v.IsSecret():
		return c.value(v.SecretValue().Element)
	case v.IsOutput() && v.OutputValue().Known:
		return c.value(v.OutputValue().Element)
	case v.IsComputed() || v.IsOutput():
		c.complete = false
		return nil, false
	case v.IsBool():
		return v.BoolValue(), true
	case v.IsString():
		return v.StringValue(), true
	case v.IsNumber():
		number := v.NumberValue()
		if number == math.Trunc(number) && math.Abs(number) < 1<<53 {
			return int64(number), true
		}
		return number, true
	case v.IsArray():
		items := []any{}
		for _, item := range v.ArrayValue() {
			if value, ok := c.value(item); ok {
				items = append(items, value)
			}
		}
		return items, true
	case v.IsObject():
		return c.fields(v.ObjectValue()), true
	}
	c.problem = fmt.Errorf("a value of the type %s has no place in a Kubernetes object", v.TypeString())
	return nil, false
}

// ToProperties makes property values of an object's fields.
func ToProperties(fields map[string]any) resource.PropertyMap {
	properties := resource.PropertyMap{}
	for name, value := range fields {
		properties[resource.PropertyKey(name)] = toProperty(value)
	}
	return properties
}

func toProperty(value any) resource.PropertyValue {
	switch v := value.(type) {
	case map[string]any:
		return resource.NewObjectProperty(ToProperties(v))
	case []any:
		items := make([]resource.PropertyValue, len(v))
		for i, item := range v {
			items[i] = toProperty(item)
		}
		return resource.NewArrayProperty(items)
	case int64:
		return resource.NewNumberProperty(float64(v))
	case nil:
		return resource.NewNullProperty()
	default:
		return resource.NewPropertyValue(v)
	}
}

// Plain is a copy of properties in which nothing is marked as secret.
func Plain(m resource.PropertyMap) resource.PropertyMap {
	return plain(resource.NewObjectProperty(m)).ObjectValue()
}

func plain(v resource.PropertyValue) resource.PropertyValue {
	switch {
	case v.IsSecret():
		return plain(v.SecretValue().Element)
	case v.IsOutput() && v.OutputValue().Known:
		return plain(v.OutputValue().Element)
	case v.IsOutput():
		return resource.MakeComputed(resource.NewStringProperty(""))
	case v.IsArray():
		items := make([]resource.PropertyValue, len(v.ArrayValue()))
		for i, item := range v.ArrayValue() {
			items[i] = plain(item)
		}
		return resource.NewArrayProperty(items)
	case v.IsObject():
		fields := resource.PropertyMap{}
		for name, field := range v.ObjectValue() {
			if !IsInternal(name) && !field.IsNull() {
				fields[name] = plain(field)
			}
		}
		return resource.NewObjectProperty(fields)
	}
	return v
}
