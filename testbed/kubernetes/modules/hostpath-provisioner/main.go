// Command hostpath-provisioner gives every claim of the test bed's storage class a folder of this machine.
// All pods of a one-node cluster see the same folder, so every access mode can be had, ReadWriteMany too.
package main

import (
	"context"
	"errors"
	"flag"
	"log"
	"os/signal"
	"path/filepath"
	"syscall"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

// provisionerName is what a StorageClass names.
const provisionerName = "testbed.sparkcluster.io/hostpath"

func main() {
	folder := flag.String("folder", "", "absolute path of the folder that holds the volumes")
	kubeconfig := flag.String("kubeconfig", "", "path of the kubeconfig")
	flag.Parse()
	if err := run(*folder, *kubeconfig); err != nil {
		log.Fatal(err)
	}
}

func run(folder, kubeconfig string) error {
	if !filepath.IsAbs(folder) {
		return errors.New("-folder must be an absolute path")
	}
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	// There is one instance, so nothing is to be elected; port 0 means no metrics.
	controller.NewProvisionController(ctx, client, provisionerName, volumes{folder: filepath.Clean(folder)},
		controller.LeaderElection(false), controller.MetricsPort(0)).Run(ctx)
	return nil
}
