// Package await waits until an object is what it is meant to be, and says in one line why it is not.
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
	// What an object depends on (endpoints, classes) is looked at this often, its own changes are told at once.
	look = time.Second
	// Reasons cost several requests, so they are looked for less often.
	diagnose = 5 * time.Second
	// A last look at the reasons when time is up.
	lastLook = 5 * time.Second
)

// State is what a rule finds.
type State struct {
	Done bool
	// Failed says that waiting is of no use any more.
	Failed  bool
	Message string
}

// Waiter waits for objects of one cluster.
type Waiter struct {
	Client *cluster.Client
	// Report is told what is waited for, whenever that changes.
	Report func(message string)
}

// Ready waits until the object is ready, and returns it as it was seen last.
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
			// An API server that is away for a moment comes back within the limit, or is the reason then.
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

// Gone waits until an object does not exist any more, or another one has its name.
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

// until follows an object until a check is content. The object is nil when it does not exist.
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
	// What a watch does not tell: changes between the last reading and its start, or a connection that died quietly.
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
			// A watch that cannot be had now is tried again with the next look.
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

// NotReady looks once, and says what keeps an object from being ready; nothing if it is.
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
