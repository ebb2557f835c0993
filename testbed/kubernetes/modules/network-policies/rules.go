package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// cluster is what rules follow from.
type cluster struct {
	namespaces map[string]labels.Set
	pods       []*core.Pod
	policies   []*networking.NetworkPolicy
}

// direction is one of the two ways in which a pod may be isolated.
type direction struct {
	kind networking.PolicyType
	// The options of iptables for the isolated pod's address and for its peer's.
	own, peer string
	// Short, for names of chains.
	letter string
}

var directions = []direction{
	{networking.PolicyTypeIngress, "-d", "-s", "I"},
	{networking.PolicyTypeEgress, "-s", "-d", "E"},
}

// chains gives the entry and, for every pod and direction that a policy isolates, one chain. In there what is allowed
// returns, to be looked at for the other pod's sake, and the rest is dropped. Only what is forwarded passes here:
// the node itself always reaches its pods and is reached by them, as Kubernetes has it.
func (c cluster) chains() []chain {
	first := chain{name: entry, rules: []string{"-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN"}}
	var isolated []chain
	for _, pod := range c.addressed() {
		for _, d := range directions {
			rules, any := c.allowed(pod, d)
			if !any {
				continue
			}
			name := chainName(pod, d)
			// A pod always reaches itself, also through a Service.
			rules = append([]string{fmt.Sprintf("%s %s -j RETURN", d.peer, pod.Status.PodIP)}, rules...)
			first.rules = append(first.rules, fmt.Sprintf("%s %s -j %s", d.own, pod.Status.PodIP, name))
			isolated = append(isolated, chain{name, append(rules, "-j DROP")})
		}
	}
	return append([]chain{first}, isolated...)
}

// addressed gives the pods that have an address of their own, in an order that does not change by itself.
func (c cluster) addressed() []*core.Pod {
	var pods []*core.Pod
	for _, pod := range c.pods {
		ended := pod.Status.Phase == core.PodSucceeded || pod.Status.Phase == core.PodFailed
		// A pod without a colon in its address: this node has only IPv4.
		if pod.Status.PodIP != "" && !strings.Contains(pod.Status.PodIP, ":") && !pod.Spec.HostNetwork && !ended {
			pods = append(pods, pod)
		}
	}
	slices.SortFunc(pods, func(a, b *core.Pod) int { return strings.Compare(string(a.UID), string(b.UID)) })
	return pods
}

// A chain's name has at most 28 characters.
func chainName(pod *core.Pod, d direction) string {
	sum := sha256.Sum256([]byte(pod.UID))
	return prefix + d.letter + hex.EncodeToString(sum[:6])
}

// allowed gives what may pass, and whether any policy isolates the pod in this direction at all.
func (c cluster) allowed(pod *core.Pod, d direction) (rules []string, isolated bool) {
	for _, policy := range c.policies {
		if policy.Namespace != pod.Namespace || !slices.Contains(policy.Spec.PolicyTypes, d.kind) ||
			!matches(&policy.Spec.PodSelector, pod.Labels) {
			continue
		}
		isolated = true
		if d.kind == networking.PolicyTypeIngress {
			for _, rule := range policy.Spec.Ingress {
				rules = append(rules, c.rule(pod, d, policy.Namespace, rule.From, rule.Ports)...)
			}
		} else {
			for _, rule := range policy.Spec.Egress {
				rules = append(rules, c.rule(pod, d, policy.Namespace, rule.To, rule.Ports)...)
			}
		}
	}
	slices.Sort(rules)
	return slices.Compact(rules), isolated
}

// target is one address or network with which a pod may talk; pod is there if it is a pod's.
type target struct {
	network string
	pod     *core.Pod
}

func (c cluster) rule(pod *core.Pod, d direction, namespace string, peers []networking.NetworkPolicyPeer, ports []networking.NetworkPolicyPort) []string {
	// No peers and no ports mean all of them.
	targets := []target{{network: "0.0.0.0/0"}}
	if len(peers) > 0 {
		targets = nil
		for _, peer := range peers {
			targets = append(targets, c.targets(namespace, peer)...)
		}
	} else if d.kind == networking.PolicyTypeEgress && hasNames(ports) {
		// A named port is one of a pod: each has its own number.
		for _, other := range c.addressed() {
			targets = append(targets, target{other.Status.PodIP, other})
		}
	}
	var rules []string
	for _, t := range targets {
		for _, port := range portMatches(ports, pod, t.pod, d) {
			rules = append(rules, fmt.Sprintf("%s %s%s -j RETURN", d.peer, t.network, port))
		}
	}
	return rules
}

func (c cluster) targets(namespace string, peer networking.NetworkPolicyPeer) []target {
	var targets []target
	if peer.IPBlock != nil {
		for _, network := range without(peer.IPBlock.CIDR, peer.IPBlock.Except) {
			targets = append(targets, target{network: network})
		}
		return targets
	}
	for _, other := range c.addressed() {
		if peer.NamespaceSelector == nil {
			if other.Namespace != namespace {
				continue
			}
		} else if !matches(peer.NamespaceSelector, c.namespaces[other.Namespace]) {
			continue
		}
		if peer.PodSelector == nil || matches(peer.PodSelector, other.Labels) {
			targets = append(targets, target{other.Status.PodIP, other})
		}
	}
	return targets
}

func matches(selector *meta.LabelSelector, set map[string]string) bool {
	parsed, err := meta.LabelSelectorAsSelector(selector)
	// The API server has checked it.
	return err == nil && parsed.Matches(labels.Set(set))
}
