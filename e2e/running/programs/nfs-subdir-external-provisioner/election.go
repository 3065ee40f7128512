package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"time"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typed "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
	"k8s.io/client-go/tools/record"
	"k8s.io/klog/v2"
)

// annotation holds the record of a lock that is an Endpoints object.
const annotation = "control-plane.alpha.kubernetes.io/leader"

// runElected runs it as long as we lead, with the times that the library has.
func runElected(ctx context.Context, client kubernetes.Interface, name string, run func(context.Context)) {
	host, err := os.Hostname()
	if err != nil {
		klog.Fatal(err)
	}
	namespace, err := os.ReadFile("/var/run/secrets/kubernetes.io/serviceaccount/namespace")
	if err != nil {
		namespace = []byte("default")
	}
	events := record.NewBroadcaster()
	events.StartRecordingToSink(&typed.EventSinkImpl{Interface: client.CoreV1().Events("")})
	lock := &endpointsLock{
		client:   client.CoreV1().Endpoints(strings.TrimSpace(string(namespace))),
		name:     name,
		identity: host,
		events:   events.NewRecorder(scheme.Scheme, core.EventSource{Component: name}),
	}
	leaderelection.RunOrDie(ctx, leaderelection.LeaderElectionConfig{
		Lock:          lock,
		LeaseDuration: 15 * time.Second,
		RenewDeadline: 10 * time.Second,
		RetryPeriod:   2 * time.Second,
		Callbacks: leaderelection.LeaderCallbacks{
			OnStartedLeading: run,
			OnStoppedLeading: func() { klog.Fatal("leaderelection lost") },
		},
	})
}

// endpointsLock is the lock of v4.0.2's library, which client-go no longer has: it needs a role on Endpoints, not on Leases.
type endpointsLock struct {
	client         typed.EndpointsInterface
	name, identity string
	events         record.EventRecorder
	held           *core.Endpoints
}

func (l *endpointsLock) Get(ctx context.Context) (*resourcelock.LeaderElectionRecord, []byte, error) {
	held, err := l.client.Get(ctx, l.name, meta.GetOptions{})
	if err != nil {
		return nil, nil, err
	}
	l.held = held
	text := []byte(held.Annotations[annotation])
	election := &resourcelock.LeaderElectionRecord{}
	if len(text) > 0 {
		err = json.Unmarshal(text, election)
	}
	return election, text, err
}

func (l *endpointsLock) Create(ctx context.Context, election resourcelock.LeaderElectionRecord) (err error) {
	text, err := json.Marshal(election)
	if err != nil {
		return err
	}
	lock := &core.Endpoints{ObjectMeta: meta.ObjectMeta{Name: l.name, Annotations: map[string]string{annotation: string(text)}}}
	l.held, err = l.client.Create(ctx, lock, meta.CreateOptions{})
	return err
}

func (l *endpointsLock) Update(ctx context.Context, election resourcelock.LeaderElectionRecord) error {
	if l.held == nil {
		return errors.New("the lock was not read or made before")
	}
	text, err := json.Marshal(election)
	if err != nil {
		return err
	}
	if l.held.Annotations == nil {
		l.held.Annotations = map[string]string{}
	}
	l.held.Annotations[annotation] = string(text)
	held, err := l.client.Update(ctx, l.held, meta.UpdateOptions{})
	if err == nil {
		l.held = held
	}
	return err
}

func (l *endpointsLock) RecordEvent(message string) {
	l.events.Eventf(l.held, core.EventTypeNormal, "LeaderElection", "%s %s", l.identity, message)
}

func (l *endpointsLock) Describe() string { return "endpoints/" + l.name }

func (l *endpointsLock) Identity() string { return l.identity }
