package bridge

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/hashicorp/terraform-plugin-sdk/v2/terraform"
)

// The labels name a volume's owner. Volumes without the first label have no owner,
// and upstream's behaviour for them is unchanged.
const (
	ownerLabel     = "io.sparkcluster.owner"
	ownerNameLabel = "io.sparkcluster.owner.name"
)

// guardVolumes protects volumes of other owners. A volume's only identifier is its
// name, and an engine that is asked to create an existing volume returns that one.
// After a volume was removed by hand, another owner may have made one of the same
// name, and only the label tells the two apart.
func guardVolumes(volume *schema.Resource) {
	create, read, remove := volume.CreateContext, volume.ReadContext, volume.DeleteContext

	volume.CreateContext = func(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
		ours := labels(d)[ownerLabel]
		found := create(ctx, d, meta)
		if found.HasError() || ours == "" || labels(d)[ownerLabel] == ours {
			return found
		}
		name, owner := d.Id(), ownerOf(d)
		d.SetId("")
		return append(found, diag.Errorf("the volume %q exists and belongs to %s (label %s): choose another name, "+
			"or have its owner remove it", name, owner, ownerLabel)...)
	}

	volume.ReadContext = func(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
		ours := labels(d)[ownerLabel]
		found := read(ctx, d, meta)
		if found.HasError() || d.Id() == "" || ours == "" || labels(d)[ownerLabel] == ours {
			return found
		}
		warning := diag.Diagnostic{Severity: diag.Warning, Summary: fmt.Sprintf(
			"the volume %q is gone: the one that has its name belongs to %s", d.Id(), ownerOf(d))}
		d.SetId("")
		return append(found, warning)
	}

	volume.DeleteContext = func(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
		ours := labels(d)[ownerLabel]
		if ours == "" {
			return remove(ctx, d, meta)
		}
		live := volume.Data(&terraform.InstanceState{ID: d.Id()})
		found := read(ctx, live, meta)
		if found.HasError() {
			return found
		}
		if live.Id() == "" || labels(live)[ownerLabel] == ours {
			return remove(ctx, d, meta)
		}
		d.SetId("")
		return diag.Diagnostics{{Severity: diag.Warning, Summary: fmt.Sprintf(
			"the volume %q is left alone: it belongs to %s", live.Id(), ownerOf(live))}}
	}
}

func ownerOf(d *schema.ResourceData) string {
	all := labels(d)
	for _, label := range []string{ownerNameLabel, ownerLabel} {
		if all[label] != "" {
			return all[label]
		}
	}
	return "nobody that it names"
}

// labels are a set of pairs.
func labels(d *schema.ResourceData) map[string]string {
	all := map[string]string{}
	set, _ := d.Get("labels").(*schema.Set)
	for _, item := range set.List() {
		pair, _ := item.(map[string]any)
		label, _ := pair["label"].(string)
		all[label], _ = pair["value"].(string)
	}
	return all
}
