package main

import (
	"slices"
	"strings"
	"testing"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/intstr"
)

func pod(namespace, name, address string) *core.Pod {
	return &core.Pod{
		ObjectMeta: meta.ObjectMeta{Namespace: namespace, Name: name, UID: types.UID(name), Labels: map[string]string{"name": name}},
		Spec:       core.PodSpec{Containers: []core.Container{{Ports: []core.ContainerPort{{Name: "web", ContainerPort: 8080}}}}},
		Status:     core.PodStatus{PodIP: address, Phase: core.PodRunning},
	}
}

func selects(name string) *meta.LabelSelector {
	return &meta.LabelSelector{MatchLabels: map[string]string{"name": name}}
}

func policy(spec networking.NetworkPolicySpec) *networking.NetworkPolicy {
	return &networking.NetworkPolicy{ObjectMeta: meta.ObjectMeta{Namespace: "lab", Name: "policy"}, Spec: spec}
}

func ingress(rules ...networking.NetworkPolicyIngressRule) *networking.NetworkPolicy {
	return policy(networking.NetworkPolicySpec{
		PodSelector: *selects("master"), PolicyTypes: []networking.PolicyType{networking.PolicyTypeIngress}, Ingress: rules,
	})
}

func egress(rules ...networking.NetworkPolicyEgressRule) *networking.NetworkPolicy {
	return policy(networking.NetworkPolicySpec{
		PodSelector: *selects("master"), PolicyTypes: []networking.PolicyType{networking.PolicyTypeEgress}, Egress: rules,
	})
}

// lab has a master and a worker in one namespace and a stranger in another.
func lab(policies ...*networking.NetworkPolicy) cluster {
	return cluster{
		namespaces: map[string]labels.Set{"lab": {"team": "spark"}, "other": {"team": "other"}},
		pods:       []*core.Pod{pod("lab", "master", "10.0.0.1"), pod("lab", "worker", "10.0.0.2"), pod("other", "stranger", "10.0.0.3")},
		policies:   policies,
	}
}

// rulesOfMaster are those of the master's chain between the first, for itself, and the last, which drops the rest.
func rulesOfMaster(t *testing.T, c cluster) []string {
	t.Helper()
	chains := c.chains()
	if len(chains) != 2 {
		t.Fatalf("wanted the entry and the master's chain, got\n%s", render(chains))
	}
	rules := chains[1].rules
	if rules[len(rules)-1] != "-j DROP" || !strings.Contains(rules[0], " 10.0.0.1 -j RETURN") {
		t.Fatalf("wanted itself first and the rest dropped last, got %q", rules)
	}
	return rules[1 : len(rules)-1]
}

func check(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func tcp(port int32) networking.NetworkPolicyPort {
	number := intstr.FromInt32(port)
	return networking.NetworkPolicyPort{Port: &number}
}

func TestWithoutPoliciesNothingIsIsolated(t *testing.T) {
	if chains := lab().chains(); len(chains) != 1 || len(chains[0].rules) != 1 {
		t.Errorf("got\n%s", render(chains))
	}
}

func TestAPolicyWithoutRulesDropsAll(t *testing.T) {
	c := lab(ingress())
	check(t, rulesOfMaster(t, c))
	entryRules := c.chains()[0].rules
	if last := entryRules[len(entryRules)-1]; !strings.HasPrefix(last, "-d 10.0.0.1 -j KUBE-NETPOL-I") {
		t.Errorf("the entry leads there by %q", last)
	}
}

func TestAnEmptyRuleAllowsAll(t *testing.T) {
	check(t, rulesOfMaster(t, lab(ingress(networking.NetworkPolicyIngressRule{}))), "-s 0.0.0.0/0 -j RETURN")
}

func TestPodsAreThoseOfThePolicysNamespace(t *testing.T) {
	rule := networking.NetworkPolicyIngressRule{
		From:  []networking.NetworkPolicyPeer{{PodSelector: &meta.LabelSelector{}}},
		Ports: []networking.NetworkPolicyPort{tcp(7077)},
	}
	check(t, rulesOfMaster(t, lab(ingress(rule))), "-s 10.0.0.1 -p tcp --dport 7077 -j RETURN", "-s 10.0.0.2 -p tcp --dport 7077 -j RETURN")
}

func TestNamespacesAreSelectedByTheirLabels(t *testing.T) {
	other := &meta.LabelSelector{MatchLabels: map[string]string{"team": "other"}}
	rule := networking.NetworkPolicyIngressRule{From: []networking.NetworkPolicyPeer{{NamespaceSelector: other}}}
	check(t, rulesOfMaster(t, lab(ingress(rule))), "-s 10.0.0.3 -j RETURN")
	both := networking.NetworkPolicyIngressRule{From: []networking.NetworkPolicyPeer{{NamespaceSelector: other, PodSelector: selects("worker")}}}
	check(t, rulesOfMaster(t, lab(ingress(both))))
}

func TestPoliciesAddUp(t *testing.T) {
	worker := networking.NetworkPolicyIngressRule{From: []networking.NetworkPolicyPeer{{PodSelector: selects("worker")}}}
	anyone := networking.NetworkPolicyIngressRule{Ports: []networking.NetworkPolicyPort{tcp(8080)}}
	check(t, rulesOfMaster(t, lab(ingress(worker), ingress(anyone), ingress())),
		"-s 0.0.0.0/0 -p tcp --dport 8080 -j RETURN", "-s 10.0.0.2 -j RETURN")
}

func TestEgressLooksAtDestinations(t *testing.T) {
	udp := core.ProtocolUDP
	last := int32(7100)
	ports := []networking.NetworkPolicyPort{tcp(7077), {Protocol: &udp}}
	ports[0].EndPort = &last
	rule := networking.NetworkPolicyEgressRule{To: []networking.NetworkPolicyPeer{{PodSelector: selects("worker")}}, Ports: ports}
	check(t, rulesOfMaster(t, lab(egress(rule))), "-d 10.0.0.2 -p tcp --dport 7077:7100 -j RETURN", "-d 10.0.0.2 -p udp -j RETURN")
}

func TestNamedPortsAreThoseOfTheReceiver(t *testing.T) {
	web, unknown := intstr.FromString("web"), intstr.FromString("unknown")
	ports := []networking.NetworkPolicyPort{{Port: &web}, {Port: &unknown}}
	c := lab(ingress(networking.NetworkPolicyIngressRule{Ports: ports}))
	c.pods[0].Spec.Containers[0].Ports[0].ContainerPort = 4040
	check(t, rulesOfMaster(t, c), "-s 0.0.0.0/0 -p tcp --dport 4040 -j RETURN")
	c = lab(egress(networking.NetworkPolicyEgressRule{Ports: ports, To: []networking.NetworkPolicyPeer{{PodSelector: selects("worker")}}}))
	check(t, rulesOfMaster(t, c), "-d 10.0.0.2 -p tcp --dport 8080 -j RETURN")
}

func TestNetworksLackTheirExceptions(t *testing.T) {
	for _, c := range []struct {
		network string
		except  []string
		want    []string
	}{
		{"10.0.0.0/8", nil, []string{"10.0.0.0/8"}},
		{"10.0.0.0/30", []string{"10.0.0.1/32"}, []string{"10.0.0.0/32", "10.0.0.2/31"}},
		{"0.0.0.0/0", []string{"128.0.0.0/1"}, []string{"0.0.0.0/1"}},
		{"10.0.0.0/29", []string{"10.0.0.0/30", "10.0.0.6/31"}, []string{"10.0.0.4/31"}},
		{"10.0.0.0/24", []string{"10.0.0.0/24"}, nil},
		{"fd00::/8", nil, nil},
	} {
		check(t, without(c.network, c.except), c.want...)
	}
}

func TestWhatHasNoAddressOfItsOwnIsLeftOut(t *testing.T) {
	c := lab(ingress(networking.NetworkPolicyIngressRule{From: []networking.NetworkPolicyPeer{{NamespaceSelector: &meta.LabelSelector{}}}}))
	c.pods[1].Spec.HostNetwork = true
	c.pods[2].Status.Phase = core.PodSucceeded
	check(t, rulesOfMaster(t, c), "-s 10.0.0.1 -j RETURN")
}

func TestNamesOfChainsFit(t *testing.T) {
	for _, c := range lab(ingress(), egress()).chains() {
		if len(c.name) > 28 {
			t.Errorf("%s has %d characters", c.name, len(c.name))
		}
	}
}

func TestTheSameClusterGivesTheSameRules(t *testing.T) {
	c := lab(ingress(networking.NetworkPolicyIngressRule{From: []networking.NetworkPolicyPeer{{PodSelector: &meta.LabelSelector{}}}}))
	first := render(c.chains())
	slices.Reverse(c.pods)
	if second := render(c.chains()); second != first {
		t.Errorf("got\n%s\nafter\n%s", second, first)
	}
}
