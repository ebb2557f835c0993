package provider

import (
	"fmt"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/structpb"
)

func TestTheEngineSeesTheDetails(t *testing.T) {
	fields := func(m props) *structpb.Struct {
		made, err := plugin.MarshalProperties(propsOf(m), plugin.MarshalOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	diff := func(before, after, state props) *rpc.DiffResponse {
		urn := "urn:pulumi:dev::test::kubernetes:batch/v1:Job::task"
		response, err := Server(New(nil, nil)).Diff(t.Context(), &rpc.DiffRequest{Urn: urn, Id: "n/task",
			Olds: fields(state), OldInputs: fields(before), News: fields(after)})
		if err != nil {
			t.Fatal(err)
		}
		return response
	}
	response := diff(props{"spec": props{"completions": 1, "parallelism": 1}}, props{"spec": props{"parallelism": 2}}, props{})
	if !response.HasDetailedDiff || len(response.DetailedDiff) != 2 {
		t.Errorf("the details are %v", response.DetailedDiff)
	}
	if kind := response.DetailedDiff["spec.completions"].GetKind(); kind != rpc.PropertyDiff_DELETE_REPLACE {
		t.Errorf("the removed field is %v", kind)
	}
	if kind := response.DetailedDiff["spec.parallelism"].GetKind(); kind != rpc.PropertyDiff_UPDATE {
		t.Errorf("the changed field is %v", kind)
	}
	if got := fmt.Sprint(response.Diffs, response.Replaces); got != "[spec] [spec]" {
		t.Errorf("the properties are %s", got)
	}

	wanted := props{"metadata": props{"name": "task", "annotations": props{"pulumi.com/replaceUnready": "true"}}}
	failed := props{"status": props{"conditions": []any{props{"type": "Failed", "status": "True"}}}}
	response = diff(wanted, wanted, failed)
	if fmt.Sprint(response.Replaces) != "[status]" || !response.DeleteBeforeReplace {
		t.Errorf("a failed job is replaced by %v, deleted first: %v", response.Replaces, response.DeleteBeforeReplace)
	}
}
