// A stand-in for nfs-subdir-external-provisioner v4.0.2, whose module is not published where Go looks for one.
//
// It does what that one's cmd/nfs-subdir-external-provisioner/provisioner.go does, on the present version of its library: the same
// environment, folders, modes and parameters of the class, and a leader elected by an Endpoints object, so that our roles are tried.
package main

import (
	"context"
	"os"
	"strings"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

func main() {
	name, server, path := required("PROVISIONER_NAME"), required("NFS_SERVER"), required("NFS_PATH")
	client := kubernetes.NewForConfigOrDie(config())
	ctx := klog.NewContext(context.Background(), klog.Background())

	volumes := &folders{client: client, server: server, path: path}
	provisioner := controller.NewProvisionController(ctx, client, name, volumes, controller.LeaderElection(false))
	if os.Getenv("ENABLE_LEADER_ELECTION") == "false" {
		provisioner.Run(ctx)
		return
	}
	runElected(ctx, client, strings.ReplaceAll(name, "/", "-"), provisioner.Run)
}

func required(variable string) string {
	value := os.Getenv(variable)
	if value == "" {
		klog.Fatalf("environment variable %s is not set", variable)
	}
	return value
}

func config() *rest.Config {
	// In a pod there is none, and with no path this is the pod's own account.
	config, err := clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))
	if err != nil {
		klog.Fatal(err)
	}
	return config
}
