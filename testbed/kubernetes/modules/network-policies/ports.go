package main

import (
	"fmt"
	"strings"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

func hasNames(ports []networking.NetworkPolicyPort) bool {
	for _, port := range ports {
		if port.Port != nil && port.Port.Type == intstr.String {
			return true
		}
	}
	return false
}

// portMatches gives the matches of iptables for the ports that a rule allows: one that matches all if it names none, and
// none at all if it has only names that the receiving pod does not know.
func portMatches(ports []networking.NetworkPolicyPort, own, peer *core.Pod, d direction) []string {
	if len(ports) == 0 {
		return []string{""}
	}
	receiver := own
	if d.kind == networking.PolicyTypeEgress {
		receiver = peer
	}
	var found []string
	for _, port := range ports {
		protocol := core.ProtocolTCP
		if port.Protocol != nil {
			protocol = *port.Protocol
		}
		match := " -p " + strings.ToLower(string(protocol))
		switch {
		case port.Port == nil:
		case port.Port.Type == intstr.String:
			number, known := named(receiver, port.Port.StrVal, protocol)
			if !known {
				continue
			}
			match += fmt.Sprintf(" --dport %d", number)
		case port.EndPort != nil:
			match += fmt.Sprintf(" --dport %d:%d", port.Port.IntVal, *port.EndPort)
		default:
			match += fmt.Sprintf(" --dport %d", port.Port.IntVal)
		}
		found = append(found, match)
	}
	return found
}

func named(pod *core.Pod, name string, protocol core.Protocol) (int32, bool) {
	if pod == nil {
		return 0, false
	}
	for _, container := range pod.Spec.Containers {
		for _, port := range container.Ports {
			is := port.Protocol
			if is == "" {
				is = core.ProtocolTCP
			}
			if port.Name == name && is == protocol {
				return port.ContainerPort, true
			}
		}
	}
	return 0, false
}
