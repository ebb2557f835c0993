package provider

import (
	"context"
	"errors"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"pulumi-spark-cluster/toolchain/plugins/command/internal/redact"
)

// hideSecrets keeps secret inputs, and all of stdin, out of error texts and streamed
// output. The Go types of the resources do not record which values are secret, so this
// works on the property values of the requests.
func hideSecrets(inner p.Provider) p.Provider {
	create, update, del := inner.Create, inner.Update, inner.Delete
	inner.Create = func(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
		ctx, clean := withRedactor(ctx, req.Properties)
		resp, err := create(ctx, req)
		return resp, clean(err)
	}
	inner.Update = func(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
		ctx, clean := withRedactor(ctx, req.Inputs, req.State)
		resp, err := update(ctx, req)
		return resp, clean(err)
	}
	inner.Delete = func(ctx context.Context, req p.DeleteRequest) error {
		ctx, clean := withRedactor(ctx, req.Properties)
		return clean(del(ctx, req))
	}
	return inner
}

func withRedactor(ctx context.Context, maps ...property.Map) (context.Context, func(error) error) {
	r := redact.New(maps...)
	return redact.Into(ctx, r), func(err error) error {
		if err == nil {
			return nil
		}
		if text := r.Error(err.Error()); text != err.Error() {
			// A wrapped error would still reveal the secret.
			return errors.New(text)
		}
		return err
	}
}
