// Package shim opens upstream's internal provider package. Go lets a package
// below the module's own path import its internal packages, and this module's
// path is chosen to lie there.
package shim

import (
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/terraform-providers/terraform-provider-docker/internal/provider"
)

// NewProvider returns upstream's provider.
func NewProvider(version string) *schema.Provider {
	return provider.New(version)()
}
