package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

// volumes makes and removes the folders below one folder.
type volumes struct{ folder string }

// Provision makes the folder of a claim. A folder that is there already is the same claim's, from an attempt
// that was cut off: the volume's name holds the claim's UID.
func (v volumes) Provision(_ context.Context, options controller.ProvisionOptions) (*core.PersistentVolume, controller.ProvisioningState, error) {
	claim := options.PVC
	if mode := claim.Spec.VolumeMode; mode != nil && *mode == core.PersistentVolumeBlock {
		return nil, controller.ProvisioningFinished, fmt.Errorf("volumeMode is %s; this storage class has only %s", *mode, core.PersistentVolumeFilesystem)
	}
	// Namespace and claim are for people who look for their files.
	path := filepath.Join(v.folder, claim.Namespace+"_"+claim.Name+"_"+options.PVName)
	if err := os.MkdirAll(path, 0o755); err != nil {
		return nil, controller.ProvisioningFinished, err
	}
	// Any user may write: kubelet does not apply a pod's fsGroup to folders of the machine.
	// Not by MkdirAll, from which the umask takes bits away.
	if err := os.Chmod(path, 0o777); err != nil {
		return nil, controller.ProvisioningFinished, err
	}
	mustExist := core.HostPathDirectory
	return &core.PersistentVolume{
		ObjectMeta: meta.ObjectMeta{Name: options.PVName},
		Spec: core.PersistentVolumeSpec{
			AccessModes:                   claim.Spec.AccessModes,
			Capacity:                      core.ResourceList{core.ResourceStorage: claim.Spec.Resources.Requests[core.ResourceStorage]},
			PersistentVolumeReclaimPolicy: *options.StorageClass.ReclaimPolicy,
			PersistentVolumeSource: core.PersistentVolumeSource{
				HostPath: &core.HostPathVolumeSource{Path: path, Type: &mustExist},
			},
		},
	}, controller.ProvisioningFinished, nil
}

// Delete removes the folder of a released volume. A PersistentVolume is text that others may write too: what
// is not a folder directly below ours stays.
func (v volumes) Delete(_ context.Context, volume *core.PersistentVolume) error {
	if volume.Spec.HostPath == nil {
		return fmt.Errorf("volume %s is not a folder of this machine", volume.Name)
	}
	path := filepath.Clean(volume.Spec.HostPath.Path)
	if filepath.Dir(path) != v.folder {
		return fmt.Errorf("volume %s is at %s, which is not directly below %s", volume.Name, path, v.folder)
	}
	return os.RemoveAll(path)
}
