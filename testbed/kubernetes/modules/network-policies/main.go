// Command network-policies enforces NetworkPolicies on the test bed's one node, which its network plugin does not do:
// whenever pods, namespaces or policies change, it writes the rules of all of them into iptables, all at once.
package main

import (
	"context"
	"flag"
	"log"
	"os/signal"
	"syscall"
	"time"

	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

const (
	// Changes come in crowds: a StatefulSet that is scaled, a namespace that goes.
	gather = 50 * time.Millisecond
	// Others write into iptables too. So often, what is there is put right.
	repair = 15 * time.Second
)

func main() {
	kubeconfig := flag.String("kubeconfig", "", "path of the kubeconfig")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *kubeconfig); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, kubeconfig string) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	pods, namespaces := factory.Core().V1().Pods(), factory.Core().V1().Namespaces()
	policies := factory.Networking().V1().NetworkPolicies()

	changed := make(chan struct{}, 1)
	notice := func() {
		select {
		case changed <- struct{}{}:
		default: // one that is not yet handled stands for this one too
		}
	}
	for _, informer := range []cache.SharedIndexInformer{pods.Informer(), namespaces.Informer(), policies.Informer()} {
		handler := cache.ResourceEventHandlerFuncs{
			AddFunc:    func(any) { notice() },
			UpdateFunc: func(any, any) { notice() },
			DeleteFunc: func(any) { notice() },
		}
		if _, err := informer.AddEventHandler(handler); err != nil {
			return err
		}
	}
	factory.Start(ctx.Done())
	for kind, synced := range factory.WaitForCacheSync(ctx.Done()) {
		if !synced {
			log.Printf("stopped before all of %v was read", kind)
			return nil
		}
	}

	written := ""
	for {
		state := cluster{namespaces: map[string]labels.Set{}}
		// The listers read the informers' memory: they do not fail.
		all, _ := namespaces.Lister().List(labels.Everything())
		for _, namespace := range all {
			state.namespaces[namespace.Name] = namespace.Labels
		}
		state.pods, _ = pods.Lister().List(labels.Everything())
		state.policies, _ = policies.Lister().List(labels.Everything())
		chains := state.chains()
		if err := write(ctx, chains, render(chains) != written); err != nil {
			log.Print(err)
		} else {
			written = render(chains)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
			time.Sleep(gather)
		case <-time.After(repair):
			written = ""
		}
	}
}
