package support

// The two halves of a host, for the few programs that sign them apart.

import "strings"

// hostName is the host without its port.
func (m *message) hostName() string { return strings.TrimSuffix(m.host, m.portSuffix()) }

// port is the port of the address; where it states none, that of its scheme.
func (m *message) port() string {
	switch suffix := m.portSuffix(); {
	case suffix != "":
		return suffix[1:]
	case m.urlScheme == "https":
		return "443"
	}
	return "80"
}

// portSuffix is the port with its colon, "" without one. The colons inside of [::1] belong to no port.
func (m *message) portSuffix() string {
	if i := strings.LastIndexByte(m.host, ':'); i >= 0 && !strings.HasSuffix(m.host, "]") {
		return m.host[i:]
	}
	return ""
}
