package main

// The part of Pulumi's package schema that this program writes.

type spec struct {
	Name        string                  `json:"name"`
	DisplayName string                  `json:"displayName"`
	Version     string                  `json:"version"`
	Description string                  `json:"description"`
	Keywords    []string                `json:"keywords"`
	License     string                  `json:"license"`
	Config      map[string]properties   `json:"config"`
	Provider    resourceSpec            `json:"provider"`
	Types       map[string]objectSpec   `json:"types"`
	Resources   map[string]resourceSpec `json:"resources"`
	Language    map[string]any          `json:"language"`
}

type properties map[string]propertySpec

type objectSpec struct {
	Description string     `json:"description,omitempty"`
	Type        string     `json:"type"`
	Properties  properties `json:"properties,omitempty"`
	Required    []string   `json:"required,omitempty"`
	Enum        []enumSpec `json:"enum,omitempty"`
}

type enumSpec struct {
	Name  string `json:"name,omitempty"`
	Value string `json:"value"`
}

type resourceSpec struct {
	objectSpec
	InputProperties properties `json:"inputProperties,omitempty"`
	RequiredInputs  []string   `json:"requiredInputs,omitempty"`
}

type typeSpec struct {
	Type                 string     `json:"type,omitempty"`
	Ref                  string     `json:"$ref,omitempty"`
	Items                *typeSpec  `json:"items,omitempty"`
	AdditionalProperties *typeSpec  `json:"additionalProperties,omitempty"`
	OneOf                []typeSpec `json:"oneOf,omitempty"`
}

type propertySpec struct {
	typeSpec
	Description string       `json:"description,omitempty"`
	Const       string       `json:"const,omitempty"`
	Secret      bool         `json:"secret,omitempty"`
	Default     *defaultSpec `json:"defaultInfo,omitempty"`
}

type defaultSpec struct {
	Environment []string `json:"environment"`
}
