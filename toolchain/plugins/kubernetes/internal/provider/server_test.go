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
		urn := "urn:pulumi:dev::test::kubernetes:apps/v1:StatefulSet::task"
		response, err := Server(New(nil, nil)).Diff(t.Context(), &rpc.DiffRequest{Urn: urn, Id: "n/task",
			Olds: fields(state), OldInputs: fields(before), News: fields(after)})
		if err != nil {
			t.Fatal(err)
		}
		return response
	}
	response := diff(props{"spec": props{"serviceName": "task", "replicas": 1}}, props{"spec": props{"replicas": 2}}, props{})
	if !response.HasDetailedDiff || len(response.DetailedDiff) != 2 {
		t.Errorf("the details are %v", response.DetailedDiff)
	}
	if kind := response.DetailedDiff["spec.serviceName"].GetKind(); kind != rpc.PropertyDiff_DELETE_REPLACE {
		t.Errorf("the removed field is %v", kind)
	}
	if kind := response.DetailedDiff["spec.replicas"].GetKind(); kind != rpc.PropertyDiff_UPDATE {
		t.Errorf("the changed field is %v", kind)
	}
	if got := fmt.Sprint(response.Diffs, response.Replaces); got != "[spec] [spec]" {
		t.Errorf("the properties are %s", got)
	}
}
