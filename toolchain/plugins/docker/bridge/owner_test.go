package bridge

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/hashicorp/terraform-plugin-sdk/v2/terraform"
	"github.com/terraform-providers/terraform-provider-docker/shim"
)

// An engine's volumes by their names, each with its labels.
type engine map[string]map[string]string

// guarded is a volume resource with upstream's fields on the stand-in for an engine.
func (e engine) guarded() *schema.Resource {
	volume := shim.NewProvider(Version).ResourcesMap["docker_volume"]
	volume.ReadContext = func(_ context.Context, d *schema.ResourceData, _ any) diag.Diagnostics {
		live, there := e[d.Id()]
		if !there {
			d.SetId("")
			return nil
		}
		if err := d.Set("labels", pairs(live)); err != nil {
			return diag.FromErr(err)
		}
		return nil
	}
	read := volume.ReadContext
	volume.CreateContext = func(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
		name := d.Get("name").(string)
		if _, there := e[name]; !there {
			e[name] = labels(d)
		}
		d.SetId(name)
		return read(ctx, d, meta)
	}
	volume.DeleteContext = func(_ context.Context, d *schema.ResourceData, _ any) diag.Diagnostics {
		delete(e, d.Id())
		d.SetId("")
		return nil
	}
	guardVolumes(volume)
	return volume
}

func pairs(labels map[string]string) []any {
	all := []any{}
	for label, value := range labels {
		all = append(all, map[string]any{"label": label, "value": value})
	}
	return all
}

func owned(owner string) map[string]string {
	if owner == "" {
		return map[string]string{"made": "by hand"}
	}
	return map[string]string{ownerLabel: owner, ownerNameLabel: owner + "'s laptop"}
}

// stored is the state of a volume that a program made with these labels.
func stored(t *testing.T, volume *schema.Resource, labels map[string]string) *schema.ResourceData {
	t.Helper()
	d := volume.Data(&terraform.InstanceState{ID: "data"})
	for field, value := range map[string]any{"name": "data", "labels": pairs(labels)} {
		if err := d.Set(field, value); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func said(found diag.Diagnostics) string {
	words := []string{}
	for _, one := range found {
		words = append(words, one.Summary)
	}
	return strings.Join(words, "\n")
}

func TestAVolumeOfAnotherOwner(t *testing.T) {
	for _, c := range []struct {
		name, ours, live string
		another          string // the other owner who keeps it; empty if it is ours
	}{
		{"ours", "ann", "ann", ""},
		{"another's", "ann", "ben", "ben's laptop"},
		{"made by hand", "ann", "", "nobody that it names"},
		{"of a program without owners", "", "ben", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx := context.Background()
			e := engine{"data": owned(c.live)}
			volume := e.guarded()

			made := schema.TestResourceDataRaw(t, volume.Schema,
				map[string]any{"name": "data", "labels": pairs(owned(c.ours))})
			created := volume.CreateContext(ctx, made, nil)
			refused := created.HasError() && made.Id() == "" && strings.Contains(said(created), c.another)
			if kept := !created.HasError() && made.Id() == "data"; kept != (c.another == "") || refused != (c.another != "") {
				t.Errorf("create: %q with %v", made.Id(), created)
			}

			old := stored(t, volume, owned(c.ours))
			read := volume.ReadContext(ctx, old, nil)
			if read.HasError() || (old.Id() == "data") != (c.another == "") || !strings.Contains(said(read), c.another) {
				t.Errorf("read: %q with %v", old.Id(), read)
			}

			removed := volume.DeleteContext(ctx, stored(t, volume, owned(c.ours)), nil)
			_, stays := e["data"]
			if removed.HasError() || stays != (c.another != "") || !strings.Contains(said(removed), c.another) {
				t.Errorf("delete: stays %v with %v", stays, removed)
			}
		})
	}
}

func TestAVolumeThatIsGone(t *testing.T) {
	ctx := context.Background()
	e := engine{}
	volume := e.guarded()

	made := schema.TestResourceDataRaw(t, volume.Schema, map[string]any{"name": "data", "labels": pairs(owned("ann"))})
	if found := volume.CreateContext(ctx, made, nil); found.HasError() || e["data"][ownerLabel] != "ann" {
		t.Errorf("create: %v, %v", found, e)
	}
	delete(e, "data")
	old := stored(t, volume, owned("ann"))
	if found := volume.ReadContext(ctx, old, nil); len(found) != 0 || old.Id() != "" {
		t.Errorf("read: %q with %v", old.Id(), found)
	}
	if found := volume.DeleteContext(ctx, stored(t, volume, owned("ann")), nil); len(found) != 0 {
		t.Errorf("delete: %v", found)
	}
}

// With upstream's client, against a stand-in engine that answers only the requests of this test.
func TestTheProviderGuardsItsVolumes(t *testing.T) {
	var asked []string
	live := owned("ben")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Api-Version", "1.41")
		switch {
		case strings.HasSuffix(r.URL.Path, "/_ping"):
		case r.Method == http.MethodDelete:
			asked = append(asked, r.URL.Path)
			w.WriteHeader(http.StatusNoContent)
		default:
			_ = json.NewEncoder(w).Encode(map[string]any{"Name": "data", "Labels": live})
		}
	}))
	defer server.Close()
	guarded := provider()
	if found := guarded.Configure(context.Background(), terraform.NewResourceConfigRaw(map[string]any{
		"host": "tcp://" + server.Listener.Addr().String()})); found.HasError() {
		t.Fatal(said(found))
	}
	volume := guarded.ResourcesMap["docker_volume"]
	remove := func() diag.Diagnostics {
		return volume.DeleteContext(context.Background(), stored(t, volume, owned("ann")), guarded.Meta())
	}

	if found := remove(); found.HasError() || !strings.Contains(said(found), "ben's laptop") || len(asked) != 0 {
		t.Errorf("another's volume: the engine was asked %v, with %v", asked, found)
	}
	live = owned("ann")
	if found := remove(); len(found) != 0 || len(asked) != 1 || !strings.HasSuffix(asked[0], "/volumes/data") {
		t.Errorf("our volume: the engine was asked %v, with %v", asked, found)
	}
}
