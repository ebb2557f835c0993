package main

import "net/netip"

// without gives networks that together are one network less its exceptions: it is halved for as long as an exception
// lies in a part of it.
func without(cidr string, exceptions []string) []string {
	network, err := netip.ParsePrefix(cidr)
	if err != nil || !network.Addr().Is4() {
		return nil
	}
	for _, text := range exceptions {
		exception, err := netip.ParsePrefix(text)
		if err != nil || !network.Overlaps(exception) {
			continue
		}
		if exception.Bits() <= network.Bits() {
			return nil
		}
		low, high := halves(network.Masked())
		return append(without(low, exceptions), without(high, exceptions)...)
	}
	return []string{network.Masked().String()}
}

func halves(network netip.Prefix) (low, high string) {
	bits := network.Bits()
	address := network.Addr().As4()
	address[bits/8] |= 0x80 >> (bits % 8)
	return netip.PrefixFrom(network.Addr(), bits+1).String(), netip.PrefixFrom(netip.AddrFrom4(address), bits+1).String()
}
