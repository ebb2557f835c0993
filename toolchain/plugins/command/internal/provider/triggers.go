package provider

import (
	"context"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
)

// replaceOnTriggers makes every change of a trigger replace the resource. The schema
// says so too, and SDKs generated from it add the matching resource option; doing it
// here as well covers programs without that option, for example in YAML.
func replaceOnTriggers(inner p.Provider) p.Provider {
	diff := inner.Diff
	inner.Diff = func(ctx context.Context, req p.DiffRequest) (p.DiffResponse, error) {
		resp, err := diff(ctx, req)
		if err != nil {
			return resp, err
		}
		for path, change := range resp.DetailedDiff {
			if path == "triggers" || strings.HasPrefix(path, "triggers[") {
				change.Kind = asReplace(change.Kind)
				resp.DetailedDiff[path] = change
			}
		}
		return resp, nil
	}
	return inner
}

func asReplace(kind p.DiffKind) p.DiffKind {
	switch kind {
	case p.Add:
		return p.AddReplace
	case p.Delete:
		return p.DeleteReplace
	case p.Update:
		return p.UpdateReplace
	default:
		return kind
	}
}
