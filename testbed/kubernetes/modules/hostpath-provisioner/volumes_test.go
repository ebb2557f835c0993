package main

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	core "k8s.io/api/core/v1"
	storage "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

func options() controller.ProvisionOptions {
	reclaim := core.PersistentVolumeReclaimDelete
	return controller.ProvisionOptions{
		PVName:       "pvc-1",
		StorageClass: &storage.StorageClass{ReclaimPolicy: &reclaim},
		PVC: &core.PersistentVolumeClaim{
			ObjectMeta: meta.ObjectMeta{Namespace: "lab", Name: "workspace"},
			Spec: core.PersistentVolumeClaimSpec{
				AccessModes: []core.PersistentVolumeAccessMode{core.ReadWriteMany},
				Resources: core.VolumeResourceRequirements{
					Requests: core.ResourceList{core.ResourceStorage: resource.MustParse("1Gi")},
				},
			},
		},
	}
}

func provision(t *testing.T, v volumes) *core.PersistentVolume {
	t.Helper()
	volume, _, err := v.Provision(context.Background(), options())
	if err != nil {
		t.Fatal(err)
	}
	return volume
}

func TestAnyUserMayWriteWhateverTheUmask(t *testing.T) {
	before := syscall.Umask(0o077)
	defer syscall.Umask(before)
	volume := provision(t, volumes{t.TempDir()})
	info, err := os.Stat(volume.Spec.HostPath.Path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o777 {
		t.Errorf("mode %v", info.Mode())
	}
}

func TestTheVolumeIsWhatTheClaimAskedFor(t *testing.T) {
	volume := provision(t, volumes{t.TempDir()})
	if got := volume.Spec.AccessModes; len(got) != 1 || got[0] != core.ReadWriteMany {
		t.Errorf("access modes %v", got)
	}
	if got := volume.Spec.Capacity.Storage().String(); got != "1Gi" {
		t.Errorf("capacity %s", got)
	}
	if got := volume.Spec.PersistentVolumeReclaimPolicy; got != core.PersistentVolumeReclaimDelete {
		t.Errorf("reclaim policy %s", got)
	}
}

func TestARepeatedRequestKeepsTheFiles(t *testing.T) {
	v := volumes{t.TempDir()}
	file := filepath.Join(provision(t, v).Spec.HostPath.Path, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	provision(t, v)
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}

func TestBlockVolumesAreRefused(t *testing.T) {
	wanted := options()
	block := core.PersistentVolumeBlock
	wanted.PVC.Spec.VolumeMode = &block
	if _, _, err := (volumes{t.TempDir()}).Provision(context.Background(), wanted); err == nil {
		t.Error("accepted")
	}
}

func TestDeleteRemovesTheFolderWithItsFiles(t *testing.T) {
	v := volumes{t.TempDir()}
	volume := provision(t, v)
	if err := os.WriteFile(filepath.Join(volume.Spec.HostPath.Path, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := v.Delete(context.Background(), volume); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(volume.Spec.HostPath.Path); !os.IsNotExist(err) {
		t.Errorf("still there: %v", err)
	}
}

func TestDeleteLeavesForeignFoldersAlone(t *testing.T) {
	v := volumes{t.TempDir()}
	foreign := t.TempDir()
	deep := filepath.Join(v.folder, "a", "b")
	if err := os.MkdirAll(deep, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{foreign, v.folder, deep, v.folder + "/../" + filepath.Base(foreign), ""} {
		volume := &core.PersistentVolume{Spec: core.PersistentVolumeSpec{PersistentVolumeSource: core.PersistentVolumeSource{
			HostPath: &core.HostPathVolumeSource{Path: path},
		}}}
		if err := v.Delete(context.Background(), volume); err == nil {
			t.Errorf("%q was accepted", path)
		}
	}
	for _, path := range []string{foreign, v.folder, deep} {
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
	if err := v.Delete(context.Background(), &core.PersistentVolume{}); err == nil {
		t.Error("a volume that is not a folder was accepted")
	}
}
