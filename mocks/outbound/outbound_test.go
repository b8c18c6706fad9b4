package outbound_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/outbound"
)

// server notes what it is asked.
func server(t *testing.T) (url string, asked *[]*http.Request) {
	t.Helper()
	asked = &[]*http.Request{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r)
		if r.URL.Path == "/away" {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL, asked
}

func get(t *testing.T, c *http.Client, address string) (*http.Response, error) {
	t.Helper()
	answer, err := c.Get(address)
	if err == nil {
		t.Cleanup(func() { _ = answer.Body.Close() }) // nothing is in it
	}
	return answer, err
}

func TestARedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	address, asked := server(t)
	for name, c := range map[string]*http.Client{"rules": outbound.NewRules().Client(time.Second), "owner": outbound.Owner{}.Client(time.Second)} {
		*asked = nil
		answer, err := get(t, c, address+"/away")
		if err != nil || answer.StatusCode != http.StatusTemporaryRedirect || len(*asked) != 1 {
			t.Errorf("%s: %v, asked %d times", name, err, len(*asked))
		}
	}
}

func TestAVariableSendsNothingThroughAProxy(t *testing.T) {
	proxy, asked := server(t)
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"} {
		t.Setenv(name, proxy)
	}
	rules := outbound.NewRules("192.0.2.1")
	for name, c := range map[string]*http.Client{"rules": rules.Client(50 * time.Millisecond),
		"owner": outbound.Owner{}.Client(50 * time.Millisecond)} {
		if _, err := get(t, c, "http://192.0.2.1/"); err == nil {
			t.Errorf("%s: somebody answered", name)
		}
	}
	if len(*asked) != 0 {
		t.Errorf("the proxy of a variable was asked %d times", len(*asked))
	}
	u, err := url.Parse(proxy)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := get(t, outbound.Owner{Proxy: u}.Client(time.Second), "http://192.0.2.1/"); err != nil || len(*asked) != 1 {
		t.Errorf("a proxy that the owner named was asked %d times: %v", len(*asked), err)
	}
}

func TestNamesOfThisMachineAreNotLookedUp(t *testing.T) {
	t.Parallel()
	address, asked := server(t)
	for _, host := range []string{"localhost", "any.name.LOCALHOST", "x.localhost."} {
		at := strings.Replace(address, "127.0.0.1", host, 1)
		if _, err := get(t, outbound.NewRules().Client(time.Second), at); err != nil {
			t.Errorf("%s: %v", at, err)
		}
		if got := (*asked)[len(*asked)-1].Header.Get(outbound.Header); got == "" {
			t.Error("the request is not marked")
		}
	}
}

func TestOnlyWhatIsAllowedIsDialled(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"127.0.0.1": true, "::1": true, "127.9.9.9": true, "localhost": true, "a.localhost": true, "::ffff:127.0.0.1": true,
		"listed.example": true, "LISTED.example": true, "10.1.2.3": true, "192.0.2.7": true,
		"example.com": false, "0.0.0.0": false, "::": false, "169.254.169.254": false, "192.0.2.8": false, "localhost.example": false, "": false, "127.1": false, "2130706433": false,
	} {
		if got := outbound.NewRules("listed.example", "10.0.0.0/8", "192.0.2.7").Reaches(host); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
	_, err := get(t, outbound.NewRules().Client(time.Second), "http://192.0.2.1/") // whatever was checked before
	if !errors.Is(err, outbound.ErrHost) {
		t.Errorf("an address that is not allowed: %v", err)
	}
}

func TestTheSandboxDoesNotAskItself(t *testing.T) {
	t.Parallel()
	address, asked := server(t)
	at, err := net.ResolveTCPAddr("tcp", strings.TrimPrefix(address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	for name, own := range map[string]net.IP{"on loopback": at.IP, "everywhere": net.IPv4zero, "everywhere by version 6": net.IPv6zero} {
		rules := outbound.NewRules("0.0.0.0/0")
		rules.Own(&net.TCPAddr{IP: own, Port: at.Port})
		for _, host := range []string{"127.0.0.1", "localhost", "mine.localhost", "0.0.0.0", "[::ffff:127.0.0.1]"} {
			at := strings.Replace(address, "127.0.0.1", host, 1)
			if _, err := get(t, rules.Client(time.Second), at); !errors.Is(err, outbound.ErrSelf) {
				t.Errorf("%s, %s: %v", name, host, err)
			}
			if err := rules.Check(at + "/status"); !errors.Is(err, outbound.ErrSelf) {
				t.Errorf("%s, %s, before it is dialled: %v", name, host, err)
			}
		}
	}
	if len(*asked) != 0 {
		t.Errorf("it was asked %d times", len(*asked))
	}
}

func TestAnAddressHasAPortThatThereIs(t *testing.T) {
	t.Parallel()
	rules := outbound.NewRules("listed.example")
	for address, want := range map[string]error{
		"http://127.0.0.1:99999/": outbound.ErrPort, "http://127.0.0.1:0/": outbound.ErrPort, "http://127.0.0.1:65536": outbound.ErrPort,
		"http://127.0.0.1:65535/": nil, "http://localhost/": nil, "https://listed.example:8443/": nil, "http://127.0.0.1:/": nil,
		"http://example.com:99999/": outbound.ErrHost, "http://127.0.0.1:x/": outbound.ErrHost,
	} {
		if err := rules.Check(address); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", address, err, want)
		}
	}
}

func TestAnAnswerThatSwitchesProtocolsIsNone(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() }) // nothing is lost
	go switching(l)
	for name, c := range map[string]*http.Client{"rules": outbound.NewRules().Client(time.Minute), "owner": outbound.Owner{}.Client(0)} {
		if _, err := get(t, c, "http://"+l.Addr().String()); !errors.Is(err, outbound.ErrSwitched) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// switching answers every connection with 101, and nothing more.
func switching(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		_, _ = c.Read(make([]byte, 1<<16)) // what is asked does not matter
		_, _ = io.WriteString(c, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
	}
}
