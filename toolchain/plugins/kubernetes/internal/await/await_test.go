package await

import (
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/dynamic/fake"
	clientgo "k8s.io/client-go/testing"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/cluster"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
)

// A watch never reports an object that was deleted after the read and before the watch began.
func TestDeletionBeforeTheWatchIsSeen(t *testing.T) {
	secret := object("Secret", "gone", nil)
	client := fake.NewSimpleDynamicClient(runtime.NewScheme(), secret)
	resource := kinds.Kind{APIVersion: "v1", Name: "Secret", Resource: "secrets", Namespaced: true}
	client.PrependWatchReactor("secrets", func(action clientgo.Action) (bool, watch.Interface, error) {
		if err := client.Tracker().Delete(action.GetResource(), "n", "gone"); err != nil {
			t.Error(err)
		}
		return true, watch.NewFake(), nil
	})
	started := time.Now()
	if err := (Waiter{Client: cluster.NewForTest(client)}).Gone(t.Context(), resource, secret, 10*time.Second); err != nil {
		t.Error(err)
	}
	if waited := time.Since(started); waited > 2*time.Second {
		t.Errorf("seen after %s", waited)
	}
}
