package browser

import (
	"strings"
	"testing"
)

func TestPagesElsewhereReachNothingHere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		hosts []string
		here  bool
	}{
		"nothing named":                 {nil, true},
		"pages here":                    {[]string{"127.0.0.1"}, true},
		"pages at a name of here":       {[]string{"shop.localhost"}, true},
		"pages here, by IPv6":           {[]string{"[::1]:3000"}, true},
		"pages elsewhere":               {[]string{"shop.example", "192.0.2.7"}, false},
		"pages elsewhere, assets here":  {[]string{"shop.example", "localhost"}, true},
		"a name that only begins alike": {[]string{"localhost.example", "127.0.0.1.example"}, false},
	} {
		config := Config{Foreign: &Foreign{Hosts: c.hosts}}
		if got := strings.Contains(config.reachable()+",", "EXCLUDE localhost,"); got != c.here {
			t.Errorf("%s: a browser of ours is started with %s", name, config.reachable())
		}
		for _, address := range []string{"http://localhost:8090/", "http://a.localhost/", "http://127.0.0.9/", "http://[::1]:1/"} {
			if got := config.reaches(address, "http://shop.example/"); got != c.here {
				t.Errorf("%s: a browser elsewhere reaches %s: %v", name, address, got)
			}
		}
		if !config.reaches("http://shop.example/a", "http://shop.example/") {
			t.Errorf("%s: its pages are not reached", name)
		}
	}
}
