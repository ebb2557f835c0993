// Package await waits until an object is ready, and says in one line why it is not.
package await

import (
	"context"
	"errors"
	"fmt"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/watch"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/cluster"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
)

// Default is how long an object may take unless the program says otherwise.
const Default = 10 * time.Minute

const (
	// How often the things that an object depends on (endpoints, classes) are checked; its own changes come by a watch.
	look = time.Second
	// How often reasons are looked for, which takes several requests.
	diagnose = 5 * time.Second
	// The time for a last look at the reasons when the limit is reached.
	lastLook = 5 * time.Second
)

// State is the result of a rule.
type State struct {
	Done bool
	// Failed means that further waiting is useless.
	Failed  bool
	Message string
}

// Waiter waits for objects of one cluster.
type Waiter struct {
	Client *cluster.Client
	// Report gets what is being waited for, whenever that changes.
	Report func(message string)
}

// Ready waits until the object is ready, and returns its last state.
func (w Waiter) Ready(
	ctx context.Context, kind kinds.Kind, object *unstructured.Unstructured, limit time.Duration,
) (*unstructured.Unstructured, error) {
	if kind.Ready == kinds.AtOnce {
		return object, nil
	}
	name := cluster.Name(kind, object.GetNamespace(), object.GetName())
	var state State
	last, err := w.until(ctx, kind, object, limit, func(ctx context.Context, now *unstructured.Unstructured) (bool, error) {
		if now == nil {
			return false, fmt.Errorf("%s was deleted while it was waited for", name)
		}
		if now.GetUID() != object.GetUID() {
			return false, fmt.Errorf("%s was replaced by another object while it was waited for", name)
		}
		found, err := w.Check(ctx, kind, now)
		if apierrors.IsForbidden(err) {
			return false, err
		}
		if err != nil {
			// An API server that is away for a moment may come back within the limit; otherwise it is the reason.
			found = State{Message: err.Error()}
		}
		state = found
		if state.Failed {
			return false, fmt.Errorf("%s failed: %s", name, w.explained(ctx, kind, now, state.Message))
		}
		return state.Done, nil
	}, func(ctx context.Context, now *unstructured.Unstructured) string {
		return w.explained(ctx, kind, now, state.Message)
	})
	if errors.Is(err, errTimeout) {
		final, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastLook)
		defer cancel()
		return last, fmt.Errorf("%s is not ready after %s: %s", name, limit, w.explained(final, kind, last, state.Message))
	}
	return last, err
}

// Gone waits until an object no longer exists, or until another object has its name.
func (w Waiter) Gone(ctx context.Context, kind kinds.Kind, object *unstructured.Unstructured, limit time.Duration) error {
	name := cluster.Name(kind, object.GetNamespace(), object.GetName())
	last, err := w.until(ctx, kind, object, limit, func(_ context.Context, now *unstructured.Unstructured) (bool, error) {
		return now == nil || now.GetUID() != object.GetUID(), nil
	}, func(_ context.Context, now *unstructured.Unstructured) string { return remains(now) })
	if errors.Is(err, errTimeout) {
		return fmt.Errorf("%s is not gone after %s: %s", name, limit, remains(last))
	}
	return err
}

var errTimeout = errors.New("time is up")

type check func(ctx context.Context, now *unstructured.Unstructured) (done bool, err error)

// until follows an object until a check succeeds. The object is nil if it does not exist.
func (w Waiter) until(
	ctx context.Context, kind kinds.Kind, object *unstructured.Unstructured, limit time.Duration,
	done check, why func(context.Context, *unstructured.Unstructured) string,
) (*unstructured.Unstructured, error) {
	limited, cancel := context.WithTimeoutCause(ctx, limit, errTimeout)
	defer cancel()
	ended := func() error {
		if errors.Is(context.Cause(limited), errTimeout) {
			return errTimeout
		}
		return context.Cause(limited)
	}
	last, err := w.Client.Get(limited, kind, object.GetNamespace(), object.GetName())
	now := last
	switch {
	case apierrors.IsNotFound(err):
		now, last = nil, object
	case apierrors.IsForbidden(err):
		return object, err
	case err != nil:
		now, last = object, object
	}
	// For what a watch misses: changes between the last read and its start, and a connection that broke silently.
	read := time.Now()
	reread := func() {
		fresh, err := w.Client.Get(limited, kind, object.GetNamespace(), object.GetName())
		switch {
		case err == nil:
			now, last = fresh, fresh
		case apierrors.IsNotFound(err):
			now = nil
		}
		read = time.Now()
	}
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	var events <-chan watch.Event
	stop := func() {}
	defer func() { stop() }()
	said, asked := "", time.Now()
	for {
		ok, err := done(limited, now)
		if limited.Err() != nil && !ok {
			return last, ended()
		}
		if ok || err != nil {
			return last, err
		}
		if time.Since(asked) >= diagnose && w.Report != nil {
			asked = time.Now()
			if message := why(limited, now); message != said && limited.Err() == nil {
				said = message
				w.Report(message)
			}
		}
		if events == nil {
			// If the watch cannot be started now, the next look tries again.
			if watcher, err := w.Client.Watch(limited, kind, object.GetNamespace(), object.GetName()); err == nil {
				events, stop = watcher.ResultChan(), watcher.Stop
				reread()
				continue
			}
		}
		select {
		case <-limited.Done():
			return last, ended()
		case <-ticker.C:
			if events == nil || time.Since(read) >= diagnose {
				reread()
			}
		case event, open := <-events:
			changed, isObject := event.Object.(*unstructured.Unstructured)
			switch {
			case !open || event.Type == watch.Error:
				stop()
				events, stop = nil, func() {}
			case !isObject || changed.GetName() != object.GetName():
			case event.Type == watch.Deleted:
				now = nil
			default:
				now, last = changed, changed
			}
		}
	}
}

// remains says what keeps an object from being deleted.
func remains(object *unstructured.Unstructured) string {
	if object == nil {
		return "it is being deleted"
	}
	if message := conditionMessage(object, "NamespaceContentRemaining", "NamespaceFinalizersRemaining",
		"NamespaceDeletionContentFailure", "NamespaceDeletionDiscoveryFailure"); message != "" {
		return message
	}
	if finalizers := object.GetFinalizers(); len(finalizers) > 0 {
		return fmt.Sprintf("its finalizers are not done: %v", finalizers)
	}
	return "it is being deleted"
}

// NotReady checks once, and says why an object is not ready; nothing if it is ready.
func (w Waiter) NotReady(ctx context.Context, kind kinds.Kind, object *unstructured.Unstructured) (string, error) {
	if kind.Ready == kinds.AtOnce {
		return "", nil
	}
	state, err := w.Check(ctx, kind, object)
	if err != nil || state.Done {
		return "", err
	}
	name := cluster.Name(kind, object.GetNamespace(), object.GetName())
	return name + " is not ready: " + w.explained(ctx, kind, object, state.Message), nil
}
