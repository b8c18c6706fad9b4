package outbound_test

import (
	"testing"

	"example.com/netanswer/mocks/outbound"
)

// TestHostsThatCanNeverBeMetAreRefused: a host that is listed and can match nothing
// would be found out when the first call-back is missing.
func TestHostsThatCanNeverBeMetAreRefused(t *testing.T) {
	for _, host := range []string{"backend", "Backend.Example.COM", "a_b.internal", "xn--eckwd4c7c.example", "backend.", "3com.example",
		"10.1.2.3", "::1", "fd00::/8", "10.0.0.0/8", "10.1.2.3/8", "localhost"} {
		if err := outbound.CheckHosts("fine", host); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
	for _, host := range []string{"", " ", "*", "*.example.com", "http://backend", "backend:3000", "backend/path", "user@backend", "例え.example",
		"[::1]", "10.0.0.0/33", "10.0.0", "256.1.1.1", "10.0.0.0/8/8", "fe80::1%eth0", "::ffff:10.0.0.0/104", "-a.example", "a..b", ".example"} {
		if err := outbound.CheckHosts("fine", host); err == nil {
			t.Errorf("%q was taken", host)
		}
	}
}
