package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

// mountPoint is where the pod has the export.
const mountPoint = "/persistentvolumes"

// folders of one export, each of them a volume.
type folders struct {
	client       kubernetes.Interface
	server, path string
}

// Provision makes the folder of a claim.
func (f *folders) Provision(_ context.Context, options controller.ProvisionOptions) (*core.PersistentVolume, controller.ProvisioningState, error) {
	claim := options.PVC
	if claim.Spec.Selector != nil {
		return nil, controller.ProvisioningFinished, errors.New("a claim's selector is not supported")
	}
	name := fmt.Sprintf("%s-%s-%s", claim.Namespace, claim.Name, options.PVName)
	if pattern := options.StorageClass.Parameters["pathPattern"]; pattern != "" {
		name = patternFor(pattern, claim)
	}
	folder := filepath.Join(mountPoint, name)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return nil, controller.ProvisioningFinished, fmt.Errorf("unable to create directory to provision new pv: %w", err)
	}
	// Neither is looked at there: with a squashed root only the first can work.
	_ = os.Chmod(folder, 0o777)
	_ = os.Chown(folder, 0, 0)

	volume := &core.PersistentVolume{
		ObjectMeta: meta.ObjectMeta{Name: options.PVName},
		Spec: core.PersistentVolumeSpec{
			PersistentVolumeReclaimPolicy: *options.StorageClass.ReclaimPolicy,
			AccessModes:                   claim.Spec.AccessModes,
			MountOptions:                  options.StorageClass.MountOptions,
			Capacity:                      core.ResourceList{core.ResourceStorage: claim.Spec.Resources.Requests[core.ResourceStorage]},
			PersistentVolumeSource: core.PersistentVolumeSource{
				NFS: &core.NFSVolumeSource{Server: f.server, Path: filepath.Join(f.path, name)},
			},
		},
	}
	return volume, controller.ProvisioningFinished, nil
}

var placeholder = regexp.MustCompile(`\$\{\.PVC\.(?:(labels|annotations)\.)?(.*?)\}`)

func patternFor(pattern string, claim *core.PersistentVolumeClaim) string {
	own := map[string]string{"name": claim.Name, "namespace": claim.Namespace}
	return placeholder.ReplaceAllStringFunc(pattern, func(match string) string {
		parts := placeholder.FindStringSubmatch(match)
		switch parts[1] {
		case "labels":
			return claim.Labels[parts[2]]
		case "annotations":
			return claim.Annotations[parts[2]]
		default:
			return own[parts[2]]
		}
	})
}

// Delete does with a released volume's folder what its class says: by default it is kept under another name.
func (f *folders) Delete(ctx context.Context, volume *core.PersistentVolume) error {
	name := filepath.Base(volume.Spec.NFS.Path)
	folder := filepath.Join(mountPoint, name)
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	class, err := f.client.StorageV1().StorageClasses().Get(ctx, volume.Spec.StorageClassName, meta.GetOptions{})
	if err != nil {
		return err
	}
	switch class.Parameters["onDelete"] {
	case "delete":
		return os.RemoveAll(folder)
	case "retain":
		return nil
	}
	if archive, set := class.Parameters["archiveOnDelete"]; set {
		isArchived, err := strconv.ParseBool(archive)
		if err != nil {
			return err
		}
		if !isArchived {
			return os.RemoveAll(folder)
		}
	}
	return os.Rename(folder, filepath.Join(mountPoint, "archived-"+name))
}
