package object

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
)

// Autonamed is the annotation by which a name that was made up is known.
const Autonamed = "pulumi.com/autonamed"

// Names become labels' values and parts of host names, which may have 63 characters.
const longest = 63

const suffix = 8

// Name gives metadata a name if it has none: the one that it got before, or the resource's own with a random end.
func Name(
	metadata, before resource.PropertyMap, resourceName string, seed []byte, options *plugin.AutonamingOptions,
) (resource.PropertyMap, error) {
	for _, given := range []resource.PropertyKey{"name", "generateName"} {
		if v, ok := metadata[given]; ok && !v.IsNull() && !(isString(v) && text(v) == "") {
			return metadata, nil
		}
	}
	named := metadata.Copy()
	if IsAutonamed(before) {
		named["name"] = before["name"]
	} else {
		name, err := newName(resourceName, seed, options)
		if err != nil {
			return nil, err
		}
		named["name"] = resource.NewStringProperty(name)
	}
	annotations := resource.PropertyMap{}
	if v := unwrap(metadata["annotations"]); v.IsObject() {
		annotations = v.ObjectValue().Copy()
	} else if v.IsComputed() {
		return named, nil
	}
	annotations[Autonamed] = resource.NewStringProperty("true")
	value := resource.NewObjectProperty(annotations)
	if metadata["annotations"].IsSecret() {
		value = resource.MakeSecret(value)
	}
	named["annotations"] = value
	return named, nil
}

func newName(resourceName string, seed []byte, options *plugin.AutonamingOptions) (string, error) {
	if options != nil {
		switch options.Mode {
		case plugin.AutonamingModeDisabled:
			return "", fmt.Errorf("metadata.name is missing, and automatic naming is switched off for this project")
		default:
			if options.ProposedName != "" {
				return options.ProposedName, nil
			}
		}
	}
	prefix := resourceName
	if room := longest - suffix - 1; len(prefix) > room {
		prefix = strings.TrimRight(prefix[:room], "-.")
	}
	return resource.NewUniqueName(seed, prefix+"-", suffix, longest, nil)
}

// IsAutonamed tells whether a name was made up here.
func IsAutonamed(metadata resource.PropertyMap) bool {
	annotations := unwrap(metadata["annotations"])
	if !annotations.IsObject() {
		return false
	}
	v := annotations.ObjectValue()[Autonamed]
	return isString(v) && text(v) == "true"
}

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
