package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
)

// definition is one type of the API's description, in the form of OpenAPI 2.
type definition struct {
	Ref                  string                `json:"$ref"`
	Type                 string                `json:"type"`
	Format               string                `json:"format"`
	Description          string                `json:"description"`
	Properties           map[string]definition `json:"properties"`
	Required             []string              `json:"required"`
	Items                *definition           `json:"items"`
	AdditionalProperties *definition           `json:"additionalProperties"`
	Kinds                []groupVersionKind    `json:"x-kubernetes-group-version-kind"`
}

type groupVersionKind struct{ Group, Version, Kind string }

func (g groupVersionKind) apiVersion() string {
	if g.Group == "" {
		return g.Version
	}
	return g.Group + "/" + g.Version
}

const (
	metaPackage = "io.k8s.apimachinery.pkg.apis.meta.v1"
	anything    = "pulumi.json#/Any"
)

// Types that are written as a plain value although their description says otherwise.
var plain = map[string]typeSpec{
	"io.k8s.apimachinery.pkg.util.intstr.IntOrString": {OneOf: []typeSpec{{Type: "integer"}, {Type: "string"}}},
	"io.k8s.apimachinery.pkg.api.resource.Quantity":   {Type: "string"},
	metaPackage + ".Time":                             {Type: "string"},
	metaPackage + ".MicroTime":                        {Type: "string"},
	metaPackage + ".FieldsV1":                         {Ref: anything},
}

// The one field that the official package offers as an enumeration too.
const (
	serviceSpec     = "kubernetes:core/v1:ServiceSpec"
	serviceSpecType = "kubernetes:core/v1:ServiceSpecType"
)

var serviceTypes = objectSpec{
	Type: "string",
	Enum: []enumSpec{{Value: "ExternalName"}, {Value: "ClusterIP"}, {Value: "NodePort"}, {Value: "LoadBalancer"}},
}

// Fields that are optional in this release, but required in the official package, against which programs are
// compiled.
var required = map[string]string{
	"io.k8s.api.apps.v1.StatefulSet":             "spec",
	"io.k8s.api.networking.v1.NetworkPolicySpec": "podSelector",
	"io.k8s.api.core.v1.ProjectedVolumeSource":   "sources",
}

// generator turns the API's definitions into Pulumi's, as far as the table's kinds need them.
type generator struct {
	definitions map[string]definition
	// versions has the API version of each package of definitions: io.k8s.api.batch.v1 is batch/v1.
	versions map[string]string
	types    map[string]objectSpec
}

func packageSpec(swagger []byte) (*spec, error) {
	var document struct{ Definitions map[string]definition }
	if err := json.Unmarshal(swagger, &document); err != nil {
		return nil, fmt.Errorf("the API's description is not what it should be: %w", err)
	}
	g := &generator{document.Definitions, map[string]string{metaPackage: "meta/v1"}, providerTypes()}
	for name, field := range required {
		d := g.definitions[name]
		d.Required = append(d.Required, field)
		g.definitions[name] = d
	}
	for name, d := range g.definitions {
		if in, _ := split(name); len(d.Kinds) == 1 && strings.HasPrefix(name, "io.k8s.api.") {
			g.versions[in] = d.Kinds[0].apiVersion()
		}
	}
	g.types[serviceSpecType] = serviceTypes
	resources := map[string]resourceSpec{}
	for _, kind := range kinds.All {
		name, err := g.definitionOf(kind)
		if err != nil {
			return nil, err
		}
		if resources[kind.Token()], err = g.resource(kind, g.definitions[name]); err != nil {
			return nil, err
		}
	}
	return &spec{
		Name: kinds.Package, DisplayName: "Kubernetes", Version: kinds.Version, Description: kinds.Identity,
		Keywords: []string{"pulumi", "kubernetes", "category/cloud", "kind/native"}, License: "Apache-2.0",
		Config:    map[string]properties{"variables": stackConfig()},
		Provider:  resourceSpec{objectSpec: objectSpec{Type: "object", Description: "A connection to one cluster."}, InputProperties: providerInputs()},
		Types:     g.types,
		Resources: resources,
		Language:  map[string]any{"java": map[string]any{"packages": g.javaPackages()}},
	}, nil
}

func split(name string) (in, typeName string) {
	at := strings.LastIndex(name, ".")
	return name[:at], name[at+1:]
}

func (g *generator) definitionOf(kind kinds.Kind) (string, error) {
	wanted := groupVersionKind{kind.Group(), kind.Version(), kind.Name}
	for name, d := range g.definitions {
		if len(d.Kinds) == 1 && d.Kinds[0] == wanted {
			return name, nil
		}
	}
	return "", fmt.Errorf("%s does not have the kind %s of %s", release, kind.Name, kind.APIVersion)
}

func (g *generator) resource(kind kinds.Kind, d definition) (resourceSpec, error) {
	all, err := g.properties(d)
	if err != nil {
		return resourceSpec{}, err
	}
	if kind.Name == "Secret" {
		for _, name := range []string{"data", "stringData"} {
			p := all[name]
			p.Secret = true
			all[name] = p
		}
	}
	inputs := maps.Clone(all)
	delete(inputs, "status")
	return resourceSpec{
		objectSpec: objectSpec{
			Description: text(d.Description), Type: "object", Properties: all,
			// Outputs equal the inputs, except for the status.
			Required: slices.Sorted(maps.Keys(inputs)),
		},
		InputProperties: inputs,
		RequiredInputs:  d.Required,
	}, nil
}

func (g *generator) properties(d definition) (properties, error) {
	found := properties{}
	for name, field := range d.Properties {
		type_, err := g.typeOf(field)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		found[name] = propertySpec{typeSpec: type_, Description: text(field.Description)}
	}
	if len(d.Kinds) == 1 {
		g.fix(found, "apiVersion", d.Kinds[0].apiVersion())
		g.fix(found, "kind", d.Kinds[0].Kind)
	}
	return found, nil
}

func (g *generator) fix(all properties, name, value string) {
	if p, ok := all[name]; ok {
		p.Const = value
		all[name] = p
	}
}

func (g *generator) typeOf(d definition) (typeSpec, error) {
	switch {
	case d.Ref != "":
		return g.reference(strings.TrimPrefix(d.Ref, "#/definitions/"))
	case d.Type == "array":
		items, err := g.typeOf(*d.Items)
		return typeSpec{Type: "array", Items: &items}, err
	case d.Type == "object" && d.AdditionalProperties != nil:
		values, err := g.typeOf(*d.AdditionalProperties)
		return typeSpec{Type: "object", AdditionalProperties: &values}, err
	case d.Type == "object":
		return typeSpec{Ref: anything}, nil
	default:
		return typeSpec{Type: d.Type}, nil
	}
}

func (g *generator) reference(name string) (typeSpec, error) {
	if type_, ok := plain[name]; ok {
		return type_, nil
	}
	in, typeName := split(name)
	version, ok := g.versions[in]
	if !ok {
		return typeSpec{}, fmt.Errorf("%s is of no API version that is known", name)
	}
	token := kinds.Package + ":" + kinds.TokenVersion(version) + ":" + typeName
	reference := typeSpec{Ref: "#/types/" + token}
	if _, known := g.types[token]; known {
		return reference, nil
	}
	d := g.definitions[name]
	// Registered before its properties are read, since types may contain themselves.
	g.types[token] = objectSpec{}
	all, err := g.properties(d)
	if err != nil {
		return reference, fmt.Errorf("%s: %w", typeName, err)
	}
	if token == serviceSpec {
		p := all["type"]
		p.typeSpec = typeSpec{OneOf: []typeSpec{{Type: "string"}, {Ref: "#/types/" + serviceSpecType, Type: "string"}}}
		all["type"] = p
	}
	g.types[token] = objectSpec{Description: text(d.Description), Type: "object", Properties: all, Required: d.Required}
	return reference, nil
}

// javaPackages are the official names: networking.k8s.io/v1 is com.pulumi.kubernetes.networking.v1.
func (g *generator) javaPackages() map[string]string {
	packages := map[string]string{}
	for _, version := range g.versions {
		token := kinds.TokenVersion(version)
		group, v, _ := strings.Cut(token, "/")
		group, _, _ = strings.Cut(group, ".")
		packages[token] = group + "." + v
	}
	return packages
}

// text returns a description on one line, without character sequences that would end a comment in generated code.
func text(description string) string {
	return strings.ReplaceAll(description, "*/", "* /")
}
